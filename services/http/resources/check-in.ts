import { z } from "zod";
import { CHECK_IN_RADIUS_M, WORST_ACCURACY_M } from "../../domain/call-actions/response.ts";
import { type CheckIn, isOpenCall } from "../../domain/call-ticket.ts";
import { isoLocal } from "../../domain/time.ts";
import type { OpenedLink } from "../../workflows/check-in-by-link.ts";
import { Moment, momentOrNull } from "./shared.ts";

const ArrivalResource = z.object({
  at: Moment,
  distanceM: z.number().nullable(),
  late: z.boolean(),
  headcount: z.number().int().nullable(),
});

export const CheckInView = z
  .object({
    now: Moment.describe("the product's clock; devices differ"),
    state: z
      .enum(["open", "claimed", "counted", "expired", "released", "over"])
      .describe(
        "claimed: told, and the street has yet to confirm; released: need not come; over: the call is closed or canceled",
      ),
    no: z.string(),
    emergency: z.boolean(),
    cause: z.string(),
    place: z.string().nullable(),
    reportAt: Moment.nullable(),
    arriveBy: Moment,
    deptName: z.string(),
    headcount: z.number().int().nullable().describe("people asked for"),
    promised: z.number().int().nullable(),
    arrival: ArrivalResource.nullable(),
    radiusM: z.number().describe("within it an arrival counts by itself"),
    worstAccuracyM: z.number().describe("a position less exact than this does not count by itself"),
  })
  .meta({ id: "CheckInView" });
export type CheckInView = z.infer<typeof CheckInView>;

/** What whoever holds a link may know: their own part of the call, and nothing of the others. */
export function checkInView(
  { state, call, response }: OpenedLink,
  deptName: string,
  now: Date,
): CheckInView {
  const { no, callType, cause, reportPlace, reportAt, status } = call.state;
  const arrival = response.checkIn ?? response.claim;
  return {
    now: isoLocal(now),
    state: stateOf(),
    no,
    emergency: callType === "emergency",
    cause,
    place: reportPlace.raw,
    reportAt: momentOrNull(reportAt),
    arriveBy: isoLocal(response.arriveBy),
    deptName,
    headcount: response.headcount,
    promised: response.promised,
    arrival: arrival && arrivalResource(arrival),
    radiusM: CHECK_IN_RADIUS_M,
    worstAccuracyM: WORST_ACCURACY_M,
  };

  function stateOf(): CheckInView["state"] {
    if (response.checkIn !== null) return "counted";
    if (response.releasedAt !== null) return "released";
    if (!isOpenCall(status)) return "over";
    if (state === "expired") return "expired";
    return response.claim === null ? "open" : "claimed";
  }
}

const arrivalResource = ({ at, distanceM, late, headcount }: CheckIn) => ({
  at: isoLocal(at),
  distanceM,
  late,
  headcount,
});
