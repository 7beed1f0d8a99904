import { readNumeral } from "../../../services/domain/numeral.ts";
import { normalise } from "../normalise.ts";
import { departmentAt } from "./departments.ts";

const PEOPLE =
  /(?<![\d.:])(\d{1,3}|[一二两三四五六七八九十]{1,3}) ?(?:个人|人(?!次|民)|名|位)|(?<![\d.:])(\d{1,2}) ?(?=$|准时)/;

/** How many people come, as said: 「2人」, 「两名同志」; null when not said. */
export function readHeadcount(note: string): number | null {
  const match = PEOPLE.exec(normalise(note).text);
  const count = readNumeral(match?.[1] ?? match?.[2] ?? "");
  return count !== null && count >= 1 && count <= 999 ? count : null;
}

export interface RespondReading {
  headcount: number | null;
  /** a department named by the way; whose answer it is follows from the speaker */
  deptName: string | null;
}

/** Reads the note of 「收到 市监2人准时到」. */
export function readRespond(note: string, orgNames: readonly string[] = []): RespondReading {
  const text = normalise(note).text;
  return { headcount: readHeadcount(text), deptName: firstDepartment(text, orgNames) };
}

function firstDepartment(text: string, orgNames: readonly string[]): string | null {
  for (const start of [
    0,
    ...[...text.matchAll(/[\s,，。:：;；、]|我们?|由/g)].map((m) => m.index + m[0].length),
  ]) {
    const department = departmentAt(text, start, orgNames);
    if (department !== null) return department.name;
  }
  return null;
}
