import { type CallResponse, type CallState, isSettled } from "../call-ticket.ts";
import { deadline, type Limit } from "../deadline.ts";
import {
  type CallContext,
  type CallDecider,
  type CallOutcome,
  isBlank,
  refused,
  tell,
} from "./decision.ts";

/** The district's part: assess, send departments, let one go. */

export const assess: CallDecider<"assess"> = (call, command) => {
  if (command.passed) return { note: command.reason ?? null };
  if (isBlank(command.reason)) return refused("reasonRequired");
  return {
    to: "assessReturned",
    patch: { approval: null },
    note: command.reason,
    notices: [tell("callingStreet", "callReturned", call, { reason: command.reason })],
  };
};

/**
 * Departments, time and place are all required the first time (seed 001, second step). Later ones add
 * departments, change their number, or stand in for others; every change leaves its trace.
 */
export const dispatch: CallDecider<"dispatch"> = (call, command, context) => {
  const first = call.dispatchedAt === null;
  const reportAt = command.reportAt ?? (first ? null : call.reportAt);
  const reportPlace = command.reportPlace ?? (first ? null : call.reportPlace);
  const missing = [
    ...(command.departments.length === 0 && (first || command.replaces.length > 0)
      ? ["departments"]
      : []),
    ...(reportAt === null && call.callType !== "emergency" ? ["reportAt"] : []),
    ...(reportPlace === null ? ["reportPlace"] : []),
  ];
  if (missing.length > 0) return refused("fieldRequired", { field: missing[0], missing });
  if (first && call.status === "draft" && call.callType !== "emergency")
    return refused("notAllowed", { status: call.status });

  const planned: CallState = {
    ...call,
    reportAt: reportAt ?? context.now,
    reportPlace: reportPlace ?? call.reportPlace,
    dispatchedAt: call.dispatchedAt ?? context.now,
  };
  const { changed, added, moved } = responsesAfter(call, planned, command, context);
  return {
    ...(first
      ? { to: "dispatched" as const }
      : {
          to:
            call.status === "pendingClosing" && added.length > 0
              ? ("onSite" as const)
              : call.status,
        }),
    patch: {
      reportAt: planned.reportAt,
      reportPlace: planned.reportPlace,
      dispatchedAt: planned.dispatchedAt,
    },
    responses: changed,
    note: noteOf(command, first),
    notices: [
      ...added.map((response) =>
        tell(
          "department",
          "callDispatched",
          planned,
          dispatchParams(planned, response),
          response.deptCode,
        ),
      ),
      ...(moved
        ? untouched(changed, added).map((response) =>
            tell(
              "department",
              "callMoved",
              planned,
              dispatchParams(planned, response),
              response.deptCode,
            ),
          )
        : []),
      ...command.replaces.map((deptCode) =>
        tell("department", "callReleased", planned, {}, deptCode),
      ),
      tell("callingStreet", first ? "callDispatchedToStreet" : "callRedispatched", planned, {
        ...dispatchParams(planned, null),
        depts: changed
          .filter((response) => response.releasedAt === null)
          .map((response) => response.deptCode),
      }),
    ],
  };
};

/** 「同意不响应」: the district agrees that a department need not come. */
export const release: CallDecider<"release"> = (call, command, { now }): CallOutcome => {
  const response = call.responses.find(
    (one) => one.deptCode === command.deptCode && one.releasedAt === null,
  );
  if (response === undefined) return refused("notFound", { deptCode: command.deptCode });
  const responses = call.responses.map((one) =>
    one === response ? { ...one, releasedAt: now } : one,
  );
  return {
    ...whenSettled(call, responses),
    responses,
    note: command.reason ?? null,
    notices: [
      tell(
        "department",
        "callReleased",
        call,
        { reason: command.reason ?? null },
        command.deptCode,
      ),
      tell("callingStreet", "callDepartmentReleased", call, {
        dept: command.deptCode,
        reason: command.reason ?? null,
      }),
    ],
  };
};

/** The ticket as a whole waits for the street once every department is settled. */
export function whenSettled(
  call: CallState,
  responses: readonly CallResponse[],
): Pick<CallOutcome, "to"> {
  const active = responses.filter((response) => response.releasedAt === null);
  const done = active.length > 0 && active.every(isSettled);
  return done && ["dispatched", "onSite"].includes(call.status)
    ? { to: "pendingClosing" }
    : { to: call.status };
}

const DEFAULT_RESPOND: Limit = { workMinutes: 120 };
const EMERGENCY_RESPOND: Limit = { naturalMinutes: 15 };
const EMERGENCY_ARRIVE_MINUTES = 30;
const DEFAULT_COMPLETE_WORKDAYS = 5;

/** By when a department has to answer: natural time in an emergency, working time otherwise. */
export function respondLimit(
  call: Pick<CallState, "callType">,
  { item }: Pick<CallContext, "item">,
): Limit {
  if (call.callType === "emergency") return EMERGENCY_RESPOND;
  return item?.respondMinutes == null ? DEFAULT_RESPOND : { workMinutes: item.respondMinutes };
}

export const completeLimit = ({ item }: Pick<CallContext, "item">): Limit => ({
  workdays: item?.completeWorkdays ?? DEFAULT_COMPLETE_WORKDAYS,
});

function arriveBy(call: CallState, { item, now }: CallContext): Date {
  if (call.callType !== "emergency") return call.reportAt ?? now;
  return new Date(
    now.getTime() +
      (item?.arriveMinutes == null
        ? EMERGENCY_ARRIVE_MINUTES
        : Math.min(item.arriveMinutes, EMERGENCY_ARRIVE_MINUTES)) *
        60_000,
  );
}

function responsesAfter(
  call: CallState,
  planned: CallState,
  command: {
    departments: readonly { deptCode: string; headcount: number | null }[];
    replaces: readonly string[];
  },
  context: CallContext,
): { changed: CallResponse[]; added: CallResponse[]; moved: boolean } {
  const { now, item, calendar } = context;
  const moved =
    call.dispatchedAt !== null &&
    (planned.reportAt?.getTime() !== call.reportAt?.getTime() ||
      planned.reportPlace.raw !== call.reportPlace.raw);
  const changed = call.responses.map((response) => {
    const again = command.departments.find((one) => one.deptCode === response.deptCode);
    return {
      ...response,
      ...(again?.headcount == null ? {} : { headcount: again.headcount }),
      ...(again !== undefined && response.releasedAt !== null
        ? fresh(response.deptCode, again.headcount)
        : {}),
      ...(moved && response.checkIn === null && response.releasedAt === null
        ? { arriveBy: arriveBy(planned, context) }
        : {}),
      ...(command.replaces.includes(response.deptCode) ? { releasedAt: now } : {}),
    };
  });
  const added = command.departments
    .filter(
      (one) =>
        !call.responses.some(
          (response) => response.deptCode === one.deptCode && response.releasedAt === null,
        ),
    )
    .map((one) => fresh(one.deptCode, one.headcount ?? item?.headcount ?? null));
  const kept = changed.filter(
    (response) => !added.some((one) => one.deptCode === response.deptCode),
  );
  return { changed: [...kept, ...added], added, moved };

  function fresh(deptCode: string, headcount: number | null): CallResponse {
    return {
      deptCode,
      status: "notified",
      headcount,
      promised: null,
      dispatchedAt: now,
      respondBy: deadline(now, respondLimit(planned, context), calendar),
      respondedAt: null,
      arriveBy: arriveBy(planned, context),
      etaMinutes: null,
      claim: null,
      checkIn: null,
      completedAt: null,
      completion: null,
      completeBy: null,
      declineReason: null,
      releasedAt: null,
      score: null,
      scoreComment: null,
      faults: [],
    };
  }
}

const untouched = (changed: readonly CallResponse[], added: readonly CallResponse[]) =>
  changed.filter((response) => response.releasedAt === null && !added.includes(response));

const dispatchParams = (
  call: CallState,
  response: CallResponse | null,
): Record<string, unknown> => ({
  cause: call.cause,
  reportAt: call.reportAt?.toISOString() ?? null,
  reportPlace: call.reportPlace.raw,
  headcount: response?.headcount ?? null,
  respondBy: response?.respondBy.toISOString() ?? null,
  arriveBy: response?.arriveBy.toISOString() ?? null,
  emergency: call.callType === "emergency",
});

function noteOf(
  command: {
    departments: readonly { deptCode: string; headcount: number | null }[];
    replaces: readonly string[];
    note?: string | undefined;
  },
  first: boolean,
): string {
  const named = command.departments
    .map((one) => `${one.deptCode}${one.headcount === null ? "" : `${one.headcount}人`}`)
    .join("、");
  const parts = [
    named === "" ? null : `${first ? "派遣" : "增派"}:${named}`,
    command.replaces.length === 0 ? null : `替换:${command.replaces.join("、")}`,
    command.note ?? null,
  ];
  return parts.filter((part) => part !== null).join(";");
}
