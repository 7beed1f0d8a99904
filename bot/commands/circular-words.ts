import type { CallRecord } from "../../db/queries/calls.ts";
import { orgName } from "../district.ts";
import { wordsFor } from "../replies/exact-words.ts";
import type { Turn } from "../turn.ts";
import { readDeptAndReason } from "../understanding/calls/department-and-reason.ts";
import { departmentCode, departmentNames } from "./named-orgs.ts";

/**
 * What is added to a circular. 「通报 HJ… 水务」 names whom it should be about: a department of whom nothing
 * was found is in no circular, and has to be found first.
 */
export function circularWords(
  turn: Turn,
  no: string | null,
  note: string,
  call: CallRecord | null,
): { note: string } | { ask: string } {
  const { deptName, reason } = readDeptAndReason(note, departmentNames(turn));
  const dept = deptName === null ? null : departmentCode(turn, deptName);
  if (dept === null || "ask" in dept) return { note };
  const isFound = call?.state.responses.some(
    ({ deptCode, faults }) => deptCode === dept.code && faults.some(({ finding }) => finding),
  );
  if (isFound) return { note: reason };
  const find = wordsFor("findFault", no ?? "HJ…") ?? "认定";
  return {
    ask: `${no ?? "这件"} 对${orgName(turn.district, dept.code)}还没有认定,没有通报。先回「${find}」,通报会带上全部认定。`,
  };
}
