import type { CallCommandFor } from "../../services/domain/call-command.ts";
import type { CallState } from "../../services/domain/call-ticket.ts";
import { spokenTime } from "../../services/domain/time.ts";

/** The parts of a dispatch, as far as somebody said them. */
type Said = Pick<CallCommandFor<"dispatch">, "departments" | "reportAt" | "reportPlace">;

/**
 * The whole sentence to copy when the first dispatch lacks something: what was said stays, the rest is
 * the signed ticket's own; null where the ticket does not know it either, or its time has passed.
 *
 * @param headcount - what the 属地管理清单 requires; without it a department goes without a number
 */
export function dispatchExample(
  call: CallState,
  said: Said,
  headcount: number | null,
  now: Date,
  org: (code: string) => string,
): string | null {
  if (call.dispatchedAt !== null) return null;
  const departments =
    said.departments.length > 0
      ? said.departments
      : call.wantedDepts.map((deptCode) => ({ deptCode, headcount: null }));
  const wanted = call.reportAt !== null && call.reportAt > now ? call.reportAt : null;
  const reportAt = said.reportAt ?? wanted;
  const place = said.reportPlace?.raw ?? call.reportPlace.raw ?? call.place.raw;
  const isEmergency = call.callType === "emergency";
  if (departments.length === 0 || place === null || (reportAt === null && !isEmergency))
    return null;
  return [
    `派遣 ${call.no}`,
    ...departments.map((one) => {
      const people = one.headcount ?? headcount;
      return `${org(one.deptCode)}${people === null ? "" : `${people}人`}`;
    }),
    ...(reportAt === null ? [] : [spokenTime(reportAt)]),
    place,
  ].join(" ");
}
