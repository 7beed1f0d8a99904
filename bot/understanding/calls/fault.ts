import type { Fault } from "../../../services/domain/call-ticket.ts";
import { normalise } from "../normalise.ts";
import { departmentAt } from "./departments.ts";
import { leftover } from "./leftover.ts";

export interface FaultReading {
  deptName: string | null;
  /** null when none of the usual words was said */
  fault: Fault | null;
  note: string;
}

/** The words for each fault; 响应不作为 before 响应, 迟响应 before 不响应's opposite. */
const WORDS: readonly [Fault, RegExp][] = [
  [
    "passiveResponse",
    /(?:响应)?(?:不作为|慢作为|消极(?:应付|应对|响应|对待)?|敷衍(?:应付|了事)?|推诿(?:扯皮)?|出工不出力|应付了事)/,
  ],
  [
    "lateResponse",
    /(?:迟响应|延迟响应|响应(?:迟|慢|晚)(?:了|缓)?|响应超时|超时响应|逾期响应|晚响应|迟缓响应|响应不及时|未(?:及时|按时)响应)/,
  ],
  ["noResponse", /(?:拒?不响应|未响应|没有?响应|无响应|拒绝响应|拒不应答|无人响应)/],
  ["noShow", /(?:未到场|没有?到场?|不到场|未到(?:岗|位)?|缺席|无故不到|爽约)/],
  ["lateArrival", /(?:迟到|到场(?:迟|晚)|晚到|迟到场|到场超时|未(?:及时|按时|准时)到场?)/],
];

/** Reads the note of 「认定 HJ… 水务 迟响应」, also 「水务迟响应,列入通报」. */
export function readFault(note: string, orgNames: readonly string[] = []): FaultReading {
  const text = normalise(note).text;
  const named = firstNamed(text, orgNames);
  const said = earliest(text);
  const stretches = [...(named === null ? [] : [named]), ...(said === null ? [] : [said])];
  return {
    deptName: named?.name ?? null,
    fault: said?.fault ?? null,
    note: leftover(text, stretches).replace(
      /^(?:为|属于?|构成|存在)+(?=$|[\s,，。])[\s,，。]*/,
      "",
    ),
  };
}

/** A fault that says when (未按时到场) is heard before the shorter word that it contains. */
function earliest(text: string): { fault: Fault; start: number; end: number } | null {
  let best: { fault: Fault; start: number; end: number } | null = null;
  for (const [fault, pattern] of WORDS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const end = match.index + match[0].length;
    if (best === null || match.index < best.start || (match.index === best.start && end > best.end))
      best = { fault, start: match.index, end };
  }
  return best;
}

function firstNamed(text: string, orgNames: readonly string[]) {
  for (let at = 0; at < Math.min(text.length, 40); at++) {
    const department = departmentAt(text, at, orgNames);
    if (department !== null) return department;
  }
  return null;
}
