import {
  type CallResponse,
  type CallState,
  type CheckIn,
  type Fault,
  type FaultRecord,
  statusAfter,
} from "../call-ticket.ts";
import { deadline } from "../deadline.ts";
import { distanceM } from "../distance.ts";
import { spokenTime } from "../time.ts";
import {
  actsForOthers,
  type CallContext,
  type CallDecider,
  type CallOutcome,
  isBlank,
  readyToClose,
  refused,
  responseOf,
  tell,
} from "./decision.ts";
import { completeLimit } from "./limits.ts";

/** What the departments do: answer, come, report what they did. */

/** Within this many metres of the reporting place an arrival counts by itself. */
export const CHECK_IN_RADIUS_M = 300;
/**
 * A position that may be further off than this, as one of a mobile mast alone, proves nothing however
 * near it claims to be: the street confirms.
 */
export const WORST_ACCURACY_M = 200;
/** A report this much later than the arrival it tells of is noted as such. */
const DELAYED_MS = 120_000;

export const respond: CallDecider<"respond"> = (call, command, context) =>
  byDepartment(call, command.deptCode, context, (response) => {
    if (response.respondedAt !== null && !hasNews(response, command.headcount))
      return refused("notAllowed", { responded: spokenTime(response.respondedAt) });
    const next: CallResponse = {
      ...answer(response, context.now),
      status: "accepted",
      promised: command.headcount ?? response.promised,
      declineReason: null,
    };
    return {
      ...inTheField(call, next),
      note: command.note ?? (command.headcount === undefined ? null : `${command.headcount}人`),
      notices: [
        tell("callingStreet", "departmentResponded", call, responded(next)),
        tell("district", "departmentResponded", call, responded(next)),
      ],
    };
  });

/** A department that answered may still come after an objection, or with another number of people. */
const hasNews = (response: CallResponse, headcount: number | undefined): boolean =>
  response.status === "declined" ||
  (response.status === "accepted" && headcount !== undefined && headcount !== response.promised);

/** An objection with a reason is no fault by itself: it goes back to the district's judgement. */
export const decline: CallDecider<"decline"> = (call, command, context) =>
  byDepartment(call, command.deptCode, context, (response) => {
    if (isBlank(command.reason)) return refused("reasonRequired");
    if (response.checkIn !== null) return refused("notAllowed", { checkedIn: true });
    const next: CallResponse = {
      ...answer(response, context.now),
      status: "declined",
      declineReason: command.reason,
    };
    return {
      ...inTheField(call, next),
      note: command.reason,
      notices: [
        tell("district", "departmentDeclined", call, {
          dept: response.deptCode,
          reason: command.reason,
        }),
        tell("callingStreet", "departmentDeclined", call, {
          dept: response.deptCode,
          reason: command.reason,
        }),
      ],
    };
  });

export const eta: CallDecider<"eta"> = (call, command, context) =>
  byDepartment(call, command.deptCode, context, (response) => {
    if (response.checkIn !== null)
      return refused("alreadyCheckedIn", { at: spokenTime(response.checkIn.at) });
    const next = {
      ...accepted(answer(response, context.now)),
      etaMinutes: command.minutes,
    };
    return {
      ...inTheField(call, next),
      note: command.note ?? `晚${command.minutes}分钟`,
      notices: [
        tell("callingStreet", "departmentDelayed", call, {
          dept: response.deptCode,
          minutes: command.minutes,
        }),
      ],
    };
  });

/**
 * Within the radius an arrival counts at once; without a position, or further away, it is a claim that
 * the street confirms. Late is judged by the time of arrival; that one came earlier than it was said, and
 * so in time, is a claim too.
 */
export const checkIn: CallDecider<"checkIn"> = (call, command, context) =>
  byDepartment(call, command.deptCode, context, (response) => {
    const { now } = context;
    if (response.checkIn !== null)
      return refused("alreadyCheckedIn", { at: spokenTime(response.checkIn.at) });
    const at = command.at !== undefined && command.at < now ? command.at : now;
    if (at < response.dispatchedAt) return refused("invalidValue", { field: "at" });
    const arrival = arrivalAt(
      call,
      response,
      at,
      command.lng,
      command.lat,
      command.headcount ?? null,
    );
    const isThere =
      arrival.distanceM !== null &&
      arrival.distanceM <= CHECK_IN_RADIUS_M &&
      (command.accuracyM ?? 0) <= WORST_ACCURACY_M;
    const note = arrivalNote(command, at, now);
    if (isThere && arrival.late === now > response.arriveBy)
      return arrivedInFact(call, response, arrival, context, note);
    return {
      ...inTheField(call, {
        ...accepted(answer(response, now)),
        claim: response.claim ?? arrival,
      }),
      note,
      // Whoever presses twice has said it once.
      notices:
        response.claim === null
          ? [tell("callingStreet", "arrivalToConfirm", call, arrived(response, arrival))]
          : [],
    };
  });

/** 「确认到场」 by the street: the claim counts with its own time, or the time the street names. */
export const confirmArrival: CallDecider<"confirmArrival"> = (call, command, context) => {
  const { now } = context;
  const response = responseOf(call, context.actor, command.deptCode);
  if (response === null) return refused("notFound", { deptCode: command.deptCode });
  if (response.checkIn !== null)
    return refused("alreadyCheckedIn", { at: spokenTime(response.checkIn.at) });
  const at = command.at ?? response.claim?.at ?? now;
  if (at > now || at < response.dispatchedAt) return refused("invalidValue", { field: "at" });
  const claim = response.claim ?? arrivalAt(call, response, at, null, null, null);
  return arrivedInFact(
    call,
    response,
    { ...claim, at, late: at > response.arriveBy },
    context,
    command.note ?? null,
  );
};

export const complete: CallDecider<"complete"> = (call, command, context) =>
  byDepartment(call, command.deptCode, context, (response) => {
    if (isBlank(command.note)) return refused("reasonRequired", { field: "note" });
    if (response.checkIn === null) {
      const { claim } = response;
      return refused("notAllowed", {
        notCheckedIn: true,
        ...(claim === null ? {} : { claimed: spokenTime(claim.at) }),
      });
    }
    if (response.completedAt !== null)
      return refused("notAllowed", { completed: spokenTime(response.completedAt) });
    const next: CallResponse = {
      ...response,
      status: "completed",
      completedAt: context.now,
      completion: command.note,
    };
    const outcome = inTheField(call, next);
    return {
      ...outcome,
      note: command.note,
      notices: [
        tell("callingStreet", "departmentCompleted", call, {
          dept: response.deptCode,
          note: command.note,
        }),
        ...readyToClose(call, outcome.responses),
      ],
    };
  });

function byDepartment(
  call: CallState,
  deptCode: string | undefined,
  context: CallContext,
  act: (response: CallResponse) => CallOutcome,
): CallOutcome {
  if (actsForOthers(context.actor, deptCode)) return refused("noRight", { deptCode });
  const response = responseOf(call, context.actor, deptCode);
  if (response === null)
    return refused("notFound", { deptCode: deptCode ?? context.actor.orgCode });
  return act(response);
}

/** An answer after its time turns the recorded silence into lateness; in time it is just an answer. */
function answer(response: CallResponse, now: Date): CallResponse {
  if (response.respondedAt !== null) return response;
  const late = now > response.respondBy;
  // Came in time and only confirmed later: what looked like silence was none.
  return {
    ...response,
    respondedAt: now,
    faults: late
      ? turned(
          response.faults,
          "noResponse",
          "lateResponse",
          `应于${spokenTime(response.respondBy)}前响应,${spokenTime(now)}响应`,
          now,
        )
      : response.faults.filter(({ fault }) => fault !== "noResponse"),
  };
}

const accepted = (response: CallResponse): CallResponse =>
  response.status === "notified" ? { ...response, status: "accepted" } : response;

/** What becomes of the ticket with this response in it. */
function inTheField(call: CallState, next: CallResponse) {
  const responses = replaced(call, next);
  return { to: statusAfter(call, responses), responses };
}

function arrivedInFact(
  call: CallState,
  response: CallResponse,
  arrival: CheckIn,
  context: CallContext,
  note: string | null,
): CallOutcome {
  const answered = answer(
    response,
    new Date(Math.min(arrival.at.getTime(), context.now.getTime())),
  );
  const eta = response.etaMinutes === null ? "" : `,事先说明晚${response.etaMinutes}分钟`;
  const faults = arrival.late
    ? turned(
        answered.faults,
        "noShow",
        "lateArrival",
        `应于${spokenTime(response.arriveBy)}到场,${spokenTime(arrival.at)}到${eta}`,
        context.now,
      )
    : answered.faults.filter(({ fault }) => fault !== "noShow");
  const next: CallResponse = {
    ...answered,
    status: "checkedIn",
    claim: null,
    checkIn: arrival,
    completeBy: deadline(arrival.at, completeLimit(context), context.calendar),
    faults,
  };
  return {
    responses: replaced(call, next),
    note,
    notices: [
      tell("callingStreet", "departmentArrived", call, arrived(response, arrival)),
      ...(short(next)
        ? [
            tell("district", "headcountShort", call, {
              dept: response.deptCode,
              came: arrival.headcount,
              asked: response.headcount,
            }),
          ]
        : []),
    ],
  };
}

/** What whoever judges an arrival later has to know besides time and distance. */
function arrivalNote(
  { note, accuracyM }: { note?: string | undefined; accuracyM: number | null },
  at: Date,
  now: Date,
): string | null {
  const parts = [
    note ?? null,
    accuracyM !== null && accuracyM > WORST_ACCURACY_M
      ? `定位误差约${Math.round(accuracyM)}米`
      : null,
    now.getTime() - at.getTime() > DELAYED_MS
      ? `${spokenTime(at)}到场,${spokenTime(now)}才报上来`
      : null,
  ].filter((part) => part !== null && part !== "");
  return parts.length === 0 ? null : parts.join(";");
}

function arrivalAt(
  call: CallState,
  response: CallResponse,
  at: Date,
  lng: number | null,
  lat: number | null,
  headcount: number | null,
): CheckIn {
  const there = call.reportPlace;
  const known = lng !== null && lat !== null && there.lng !== null && there.lat !== null;
  return {
    at,
    lng,
    lat,
    distanceM: known ? distanceM({ lng, lat }, { lng: there.lng ?? 0, lat: there.lat ?? 0 }) : null,
    late: at > response.arriveBy,
    headcount: headcount ?? response.promised,
  };
}

/** Replaces one kind of evidence by another, or adds it; what people said about it stays beside it. */
export function turned(
  faults: readonly FaultRecord[],
  from: Fault,
  to: Fault,
  evidence: string,
  at: Date,
): FaultRecord[] {
  const before = faults.find(({ fault }) => fault === from);
  const known = faults.find(({ fault }) => fault === to);
  const kept = faults.filter((record) => record !== before && record.fault !== to);
  return [
    ...kept,
    {
      fault: to,
      evidence,
      recordedAt: at,
      finding: before?.finding ?? known?.finding ?? null,
      appeal: before?.appeal ?? known?.appeal ?? null,
    },
  ];
}

const short = (response: CallResponse): boolean =>
  response.headcount !== null &&
  response.checkIn?.headcount != null &&
  response.checkIn.headcount < response.headcount;

const replaced = (call: CallState, next: CallResponse): CallResponse[] =>
  call.responses.map((response) =>
    response.deptCode === next.deptCode && response.releasedAt === null ? next : response,
  );

const responded = (response: CallResponse) => ({
  dept: response.deptCode,
  headcount: response.promised,
});

const arrived = (response: CallResponse, arrival: CheckIn) => ({
  dept: response.deptCode,
  at: arrival.at.toISOString(),
  distanceM: arrival.distanceM,
  late: arrival.late,
  headcount: arrival.headcount,
  asked: response.headcount,
});
