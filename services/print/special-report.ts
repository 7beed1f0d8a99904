import type { EventRecord, StepRow } from "../../db/queries/events.ts";
import { EVENT_STEP_NAMES, type EventStep } from "../domain/event.ts";
import { levelName } from "../domain/level.ts";
import { spokenTime } from "../domain/time.ts";

/** What a special report needs of the registry. */
export interface SpecialReportNames {
  categoryName(slug: string): string;
  orgName(code: string): string;
  /** the calling street; null where the place lies in none */
  street: string | null;
}

/** Steps in which the street took care of the danger before anybody was responsible. */
const MEASURES: readonly EventStep[] = ["progress", "selfHandle", "complete"];
/** Steps in which somebody said whose matter it is not, or nobody could say whose it is. */
const DISPUTES: readonly EventStep[] = ["return", "consult", "concludeConsultation", "escalate"];

/**
 * The draft of a 专报 (seed 002): a case that belongs to nobody or to several, for the district government
 * to name who handles it. Facts of the history only; whoever sends it edits it. Reporters stay unnamed.
 */
export function specialReportDraft(
  { row, state }: EventRecord,
  steps: readonly StepRow[],
  names: SpecialReportNames,
  now: Date,
): string {
  const lines = (kinds: readonly EventStep[]) =>
    steps
      .filter(({ action, note }) => kinds.includes(action) && note !== null && note !== "")
      .map(
        ({ at, action, actor, note }) =>
          `- ${spokenTime(at)} ${doer(actor.orgCode, actor.name)}${EVENT_STEP_NAMES[action]}:${note}`,
      );
  const measures = lines(MEASURES);
  const disputes = lines(DISPUTES);
  return [
    `关于“${row.summary}”的专报(草稿)`,
    `${row.no} · ${names.street ?? "街道未定"} · ${spokenTime(now)}`,
    "",
    "一、基本情况",
    `类别:${names.categoryName(row.category)};地点:${row.placeRaw ?? "未定"};级别:${levelName(row.level)}。`,
    `${spokenTime(row.createdAt)}登记,${row.reporterCount}人反映${row.reopenCount === 0 ? "" : `,重办${row.reopenCount}次`}。`,
    "二、已采取的应急处理",
    ...(measures.length === 0
      ? [`(尚未登记。请先做必要的应急处理,回「进展 ${row.no} 做了什么」。)`]
      : measures),
    "三、各方意见",
    ...(disputes.length === 0 ? ["(没有退单、会商的记录。)"] : disputes),
    "四、提请区政府明确",
    `1. 牵头部门${leads()};2. 配合部门;3. 执法依据和要求;4. 完成时限${state.dueAt === null ? "" : `(现期限${spokenTime(state.dueAt)})`}。`,
  ].join("\n");

  function doer(orgCode: string | null, name: string | null): string {
    return orgCode === null ? "" : `${names.orgName(orgCode)}${name === null ? "" : ` ${name}`} `;
  }

  /** Whoever held it and gave it back, for the government to choose among or not. */
  function leads(): string {
    const tried = new Set(
      steps.flatMap(({ action, actor }) =>
        action === "return" && actor.orgCode !== null ? [names.orgName(actor.orgCode)] : [],
      ),
    );
    return tried.size === 0 ? "" : `(曾交${[...tried].join("、")},已退回)`;
  }
}
