import { activeResponses, type CallResponse, type CallState } from "../call-ticket.ts";
import { deadline } from "../deadline.ts";
import type { Place } from "../event.ts";
import { MINUTE_MS } from "../time.ts";
import type { CallContext } from "./decision.ts";
import { arriveBy, respondLimit } from "./limits.ts";

/** Who is sent, when and where to: what a dispatch makes of the departments of a call. */

export interface Named {
  deptCode: string;
  headcount: number | null;
}

interface Report {
  reportAt: Date | null;
  reportPlace: Place | null;
}

/** When and where to report: what the command says; a later one may leave standing what is known. */
export const plannedReport = (call: CallState, said: Report, first: boolean): Report => ({
  reportAt: said.reportAt ?? (first ? null : call.reportAt),
  reportPlace: said.reportPlace ?? (first ? null : call.reportPlace),
});

export const isMoved = (call: CallState, { reportAt, reportPlace }: Report): boolean =>
  reportAt?.getTime() !== call.reportAt?.getTime() || reportPlace?.raw !== call.reportPlace.raw;

/** A time to report that has gone by; a few minutes are the way from the lips to the keyboard. */
export const isOver = (reportAt: Date, now: Date): boolean =>
  reportAt.getTime() < now.getTime() - SLACK_MS;

const SLACK_MS = 10 * MINUTE_MS;

/** A department named twice is sent once, with the number said last. */
export const onceEach = (named: readonly Named[]): Named[] => [
  ...new Map(named.map((one) => [one.deptCode, one])).values(),
];

export const isActive = (call: CallState, deptCode: string): boolean =>
  activeResponses(call).some((response) => response.deptCode === deptCode);

/** @returns the responses as they are afterwards, and those among them whose time begins now */
export function responsesAfter(
  call: CallState,
  planned: CallState,
  change: { named: readonly Named[]; replaced: readonly string[]; moved: boolean },
  context: CallContext,
): { responses: CallResponse[]; called: CallResponse[] } {
  const { now, item, calendar } = context;
  const called: CallResponse[] = [];
  const before = call.responses.map((response) => {
    if (response.releasedAt !== null) return response;
    if (change.replaced.includes(response.deptCode)) return { ...response, releasedAt: now };
    const again = change.named.find((one) => one.deptCode === response.deptCode);
    const headcount = again?.headcount ?? response.headcount;
    if (again !== undefined && response.status === "declined")
      return begin({ ...fresh(response.deptCode, headcount), faults: response.faults });
    // An emergency is due by when it was sent; only a planned time can be put off.
    const putOff = change.moved && planned.callType !== "emergency" && response.checkIn === null;
    return putOff
      ? { ...response, headcount, arriveBy: arriveBy(planned, response.dispatchedAt, context) }
      : { ...response, headcount };
  });
  const added = change.named
    .filter((one) => !isActive(call, one.deptCode))
    .map((one) => begin(fresh(one.deptCode, one.headcount ?? item?.headcount ?? null)));
  return { responses: [...before, ...added], called };

  function begin(response: CallResponse): CallResponse {
    called.push(response);
    return response;
  }

  function fresh(deptCode: string, headcount: number | null): CallResponse {
    return {
      deptCode,
      status: "notified",
      headcount,
      promised: null,
      dispatchedAt: now,
      respondBy: deadline(now, respondLimit(planned, context), calendar),
      respondedAt: null,
      arriveBy: arriveBy(planned, now, context),
      etaMinutes: null,
      claim: null,
      checkIn: null,
      completedAt: null,
      completion: null,
      completeBy: null,
      delayRequest: null,
      delayApproved: false,
      declineReason: null,
      releasedAt: null,
      score: null,
      scoreComment: null,
      faults: [],
    };
  }
}
