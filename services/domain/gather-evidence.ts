import { turned } from "./call-actions/response.ts";
import type { CallResponse, CallState } from "./call-ticket.ts";
import { MINUTE_MS, spokenTime } from "./time.ts";

/** No arrival this long after it was due is 未到场. */
export const NO_SHOW_AFTER_MINUTES = 60;

/**
 * The evidence that time alone has made by `now`: silence past its limit, no arrival an hour after it
 * was due. Nobody is blamed by it; a supervisor decides (seed 001). Returns the responses that changed.
 */
export function gatherEvidence(call: CallState, now: Date): CallResponse[] {
  if (!["dispatched", "onSite", "pendingClosing"].includes(call.status)) return [];
  return call.responses.flatMap((response) => {
    if (response.releasedAt !== null) return [];
    const silent =
      response.respondedAt === null && response.checkIn === null && now >= response.respondBy;
    const absent =
      response.checkIn === null &&
      response.status !== "declined" &&
      now.getTime() >= response.arriveBy.getTime() + NO_SHOW_AFTER_MINUTES * MINUTE_MS;
    let { faults } = response;
    if (silent && !faults.some(({ fault }) => fault === "noResponse")) {
      faults = turned(
        faults,
        "noResponse",
        "noResponse",
        `应于${spokenTime(response.respondBy)}前响应,未响应`,
        now,
      );
    }
    if (absent && !faults.some(({ fault }) => fault === "noShow")) {
      const claimed =
        response.claim === null ? "" : `,自称${spokenTime(response.claim.at)}到场,街道未确认`;
      faults = turned(
        faults,
        "noShow",
        "noShow",
        `应于${spokenTime(response.arriveBy)}到场,未到场${claimed}`,
        now,
      );
    }
    return faults === response.faults ? [] : [{ ...response, faults }];
  });
}
