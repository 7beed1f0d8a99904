import { spokenTime } from "../../services/domain/time.ts";

/** What the warning of a collective complaint carries; moments as ISO 8601. */
export interface CollectiveParams {
  nos: readonly string[];
  source: string | null;
  place: string | null;
  reporters: number;
  people: number | null;
  grids: readonly string[];
  groups: number;
  days: number;
  firstAt: string;
  lastAt: string;
}

const MOST_LISTED = 10;

/** The early warning to the command room: who complains of what, how many, and how to make one case of it. */
export function collectiveComplaint(p: CollectiveParams, categoryName: string): string {
  const [first = "", ...others] = p.nos;
  const about = p.source ?? p.place;
  const named = p.people === null ? "" : `,自述涉及约${p.people}户(人)`;
  const groups = p.groups > 1 ? `、${p.groups}个群` : "";
  const grids = p.grids.length === 0 ? "" : `,涉及${p.grids.join("、")}`;
  const more = p.nos.length > MOST_LISTED ? `等${p.nos.length}件` : "";
  return [
    `【预警·集中反映】${categoryName}${about === null ? "" : `:${about}`}`,
    `${p.days}天内${p.reporters}人${groups}反映${named}${grids}。`,
    `首次 ${spokenTime(new Date(p.firstAt))},最近 ${spokenTime(new Date(p.lastAt))}。`,
    `事件:${p.nos.slice(0, MOST_LISTED).join("、")}${more}。`,
    ...(others.length === 0
      ? [`请尽快核实;先「查 ${first}」。`]
      : [
          "请尽快核实;是同一件的,并案请回:",
          ...others.slice(0, MOST_LISTED - 1).map((no) => `「${no} 并入 ${first}」`),
        ]),
  ].join("\n");
}
