import { activeResponses, type CallResponse, type CallState, statusAfter } from "../call-ticket.ts";
import { spokenTime } from "../time.ts";
import { summaryOf } from "./approval.ts";
import {
  type CallContext,
  type CallDecider,
  type CallNotice,
  type CallOutcome,
  isBlank,
  readyToClose,
  refused,
  tell,
} from "./decision.ts";
import {
  isActive,
  isMoved,
  isOver,
  type Named,
  onceEach,
  plannedReport,
  responsesAfter,
} from "./sent-departments.ts";

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
 * departments, change their number or the report, or stand in for others. A department that objected and
 * is named again begins anew. Every change leaves its trace.
 */
export const dispatch: CallDecider<"dispatch"> = (call, command, context) => {
  if (call.status === "draft" && call.callType !== "emergency")
    return refused("notAllowed", { status: call.status });
  const first = call.dispatchedAt === null;
  const named = onceEach(command.departments);
  const replaced = command.replaces.filter(
    (deptCode) => !named.some((one) => one.deptCode === deptCode),
  );
  const report = plannedReport(call, command, first);
  const missing = [
    ...(named.length === 0 && (first || replaced.length > 0 || !isMoved(call, report))
      ? ["departments"]
      : []),
    ...(report.reportAt === null && call.callType !== "emergency" ? ["reportAt"] : []),
    ...(report.reportPlace === null ? ["reportPlace"] : []),
  ];
  if (missing.length > 0) return refused("fieldRequired", { field: missing[0], missing });
  if (command.reportAt !== null && isOver(command.reportAt, context.now))
    return refused("invalidValue", { field: "reportAt", past: spokenTime(command.reportAt) });
  const stranger = replaced.find((deptCode) => !isActive(call, deptCode));
  if (stranger !== undefined) return refused("notFound", { deptCode: stranger });

  const planned: CallState = {
    ...call,
    reportAt: report.reportAt ?? context.now,
    reportPlace: report.reportPlace ?? call.reportPlace,
    dispatchedAt: call.dispatchedAt ?? context.now,
  };
  const moved = !first && isMoved(call, report);
  // Whom the street asked for and the district does not send is not passed over in silence.
  const omitted = first
    ? call.wantedDepts.filter((deptCode) => !named.some((one) => one.deptCode === deptCode))
    : [];
  const { responses, called } = responsesAfter(call, planned, { named, replaced, moved }, context);
  const others = activeResponses({ responses }).filter((response) => !called.includes(response));
  return {
    to: first ? "dispatched" : statusAfter(call, responses),
    patch: {
      reportAt: planned.reportAt,
      reportPlace: planned.reportPlace,
      dispatchedAt: planned.dispatchedAt,
    },
    responses,
    note: traceOf(planned, { named, replaced, omitted, moved, first }, command.note),
    notices: [
      ...called.map((response) =>
        tell(
          "department",
          "callDispatched",
          planned,
          {
            ...dispatchParams(planned, response),
            fromList: isFromList(response, named, context),
          },
          response.deptCode,
        ),
      ),
      ...(moved
        ? others.map((response) =>
            tell(
              "department",
              "callMoved",
              planned,
              dispatchParams(planned, response),
              response.deptCode,
            ),
          )
        : []),
      ...replaced.map((deptCode) => tell("department", "callReleased", planned, {}, deptCode)),
      tell("callingStreet", first ? "callDispatchedToStreet" : "callRedispatched", planned, {
        ...dispatchParams(planned, null),
        depts: activeResponses({ responses }).map((response) => response.deptCode),
        omitted,
      }),
      ...(first ? ofEmergency({ ...planned, responses }) : []),
    ],
  };
};

/** Of an emergency nobody upward has heard before it is sent: who signs for it, and the district. */
function ofEmergency(call: CallState): CallNotice[] {
  if (call.callType !== "emergency") return [];
  const [response] = call.responses;
  const params = {
    ...dispatchParams(call, response ?? null),
    ...summaryOf(call),
    depts: activeResponses(call).map(({ deptCode }) => deptCode),
    place: call.reportPlace.raw,
    signed: call.approval !== null,
  };
  return [
    ...(call.approval === null ? [tell("principal", "callToSupplement", call, params)] : []),
    tell("district", "emergencyDispatched", call, params),
  ];
}

/** Nobody said how many: the number is what the 属地管理清单 requires. */
const isFromList = (
  { deptCode, headcount }: CallResponse,
  named: readonly Named[],
  { item }: Pick<CallContext, "item">,
): boolean =>
  headcount !== null &&
  headcount === item?.headcount &&
  named.every((one) => one.deptCode !== deptCode || one.headcount === null);

/** 「同意不响应」: the district agrees that a department need not come. */
export const release: CallDecider<"release"> = (call, command, { now }): CallOutcome => {
  const response = call.responses.find(
    (one) => one.deptCode === command.deptCode && one.releasedAt === null,
  );
  if (response === undefined) return refused("notFound", { deptCode: command.deptCode });
  if (response.completedAt !== null)
    return refused("notAllowed", { completed: spokenTime(response.completedAt) });
  const responses = call.responses.map((one) =>
    one === response ? { ...one, releasedAt: now } : one,
  );
  const to = statusAfter(call, responses);
  return {
    to,
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
      ...readyToClose(call, responses),
    ],
  };
};

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

function traceOf(
  planned: CallState,
  {
    named,
    replaced,
    omitted,
    moved,
    first,
  }: {
    named: readonly Named[];
    replaced: readonly string[];
    omitted: readonly string[];
    moved: boolean;
    first: boolean;
  },
  note: string | undefined,
): string {
  const sent = named
    .map((one) => `${one.deptCode}${one.headcount === null ? "" : `${one.headcount}人`}`)
    .join("、");
  const parts = [
    sent === "" ? null : `${first ? "派遣" : "增派"}:${sent}`,
    replaced.length === 0 ? null : `替换:${replaced.join("、")}`,
    omitted.length === 0 ? null : `未派:${omitted.join("、")}`,
    moved
      ? `改为:${planned.reportAt === null ? "" : spokenTime(planned.reportAt)} ${planned.reportPlace.raw ?? ""}`
      : null,
    note ?? null,
  ];
  return parts.filter((part) => part !== null).join(";");
}
