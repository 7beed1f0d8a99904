import type { Actor } from "../actor.ts";
import {
  CALL_ACTION_NAMES,
  type CallAction,
  type CallState,
  type CallSupervision,
} from "../call-ticket.ts";
import { isCoveredBy, privatelyAnswered, type Supervision } from "../supervision.ts";
import { type CallHolder, holderKey, holdersOf, owingAnswer } from "./call-holders.ts";
import {
  type CallAudience,
  type CallContext,
  type CallDecider,
  type CallNotice,
  type CallOutcome,
  isBlank,
  refused,
  tell,
} from "./decision.ts";

/** Demands that a call moves on, and the answers to them. Compare `event-actions/supervision.ts`. */

export const urge: CallDecider<"urge"> = (call, command, context) =>
  demanded(call, command.deptCode, context, "callUrged", {
    kind: "urge",
    grade: "normal",
    note: command.note ?? "",
  });

export const supervise: CallDecider<"supervise"> = (call, command, context) =>
  demanded(call, command.deptCode, context, "callSupervised", {
    kind: "supervise",
    grade: command.grade,
    note: command.note ?? "",
    answerBy: command.answerBy,
  });

export const instruct: CallDecider<"instruct"> = (call, command, context) =>
  isBlank(command.note)
    ? refused("reasonRequired", { field: "note" })
    : demanded(call, command.deptCode, context, "callInstructed", {
        kind: "instruct",
        grade: "normal",
        note: command.note,
        answerBy: command.answerBy,
      });

/** Answers everything that is demanded of whoever answers. */
export const answer: CallDecider<"answer"> = (call, command, { actor }) => {
  if (isBlank(command.note)) return refused("reasonRequired", { field: "note" });
  const { note } = command;
  const owed = call.demands.flatMap((demand) => {
    const key = owingAnswer(call, demand).map(holderKey).find(speaksFor(actor));
    return key === undefined ? [] : [{ demand, key }];
  });
  if (owed.length === 0) return refused("nothingFound");
  const answered = new Map(owed.map(({ demand, key }) => [demand, key]));
  return {
    patch: {
      demands: call.demands.map((demand) => {
        const key = answered.get(demand);
        return key === undefined ? demand : { ...demand, answered: [...demand.answered, key] };
      }),
    },
    note,
    notices: owed.flatMap(({ demand }) => tellDemander(call, demand, actor, note)),
  };
};

/**
 * The demands that still wait once a call has become `next`, and the notices to those who were answered by
 * what was done rather than said: a signature, a dispatch, a completion, the end of the call.
 */
export function demandsAfter(
  call: CallState,
  next: CallState,
  action: CallAction,
  actor: Actor,
  note: string | null,
): { demands: CallSupervision[]; notices: CallNotice[] } {
  const deed = [CALL_ACTION_NAMES[action], note].filter(Boolean).join(":");
  const done = action === "answer" ? [] : next.demands.filter(hasLost);
  return {
    demands: next.demands.filter((demand) => owingAnswer(next, demand).length > 0),
    notices: done.flatMap((demand) => tellDemander(next, demand, actor, deed)),
  };

  /** Somebody who owed an answer before owes none any more. */
  function hasLost(demand: CallSupervision): boolean {
    const still = owingAnswer(next, demand).map(holderKey);
    return owingAnswer(call, demand).some((holder) => !still.includes(holderKey(holder)));
  }
}

function tellDemander(
  call: CallState,
  demand: CallSupervision,
  { name }: Actor,
  note: string,
): CallNotice[] {
  const params = { by: name, note };
  return [
    tell(demand.answerOffice, "callAnswered", call, params),
    ...(demand.answerTo === null
      ? []
      : [{ ...tell("person", "callAnswered", call, params), personId: demand.answerTo }]),
  ];
}

/** Whether the actor answers for a holder of the call. Rights and street were looked at before. */
const speaksFor =
  (actor: Actor) =>
  (key: string): boolean => {
    if (actor.power !== undefined) return true;
    if (key === "district") return actor.roles.includes("districtDispatcher");
    if (key === "street")
      return actor.roles.includes("streetOfficer") || actor.roles.includes("streetPrincipal");
    return key === actor.orgCode;
  };

type Demand = Pick<Supervision, "kind" | "grade" | "note"> & { answerBy?: Date | undefined };

function demanded(
  call: CallState,
  deptCode: string | undefined,
  context: CallContext,
  notice: string,
  demand: Demand,
): CallOutcome {
  const meant = holdersOf(call).filter(
    (holder) =>
      (deptCode === undefined || holderKey(holder) === deptCode) && !isOwn(holder, context.actor),
  );
  if (meant.length === 0)
    return deptCode === undefined ? refused("nothingFound") : refused("notFound", { deptCode });
  const supervision = supervisionOf(demand, meant.map(holderKey), context);
  const { by, note, grade, answerBy } = supervision;
  const open = call.demands.filter((one) => owingAnswer(call, one).length > 0);
  return {
    patch: isCoveredBy(demand.kind, open) ? {} : { demands: [...call.demands, supervision] },
    note: note === "" ? null : note,
    notices: meant.map((holder) => toHolder(call, holder, notice, { by, note, grade, answerBy })),
  };
}

/** Nobody demands of themselves: the principal's signature is their own to give. */
const isOwn = (holder: CallHolder, { roles, power }: Actor): boolean =>
  power === undefined &&
  "office" in holder &&
  holder.office === "principal" &&
  roles.includes("streetPrincipal");

/** @param owedBy - departments by code, `street`, `district` */
export const supervisionOf = (
  { answerBy, ...demand }: Demand,
  owedBy: readonly string[],
  { actor, now }: CallContext,
): CallSupervision => ({
  ...demand,
  by: actor.name,
  answerTo: privatelyAnswered(actor),
  at: now.toISOString(),
  answerBy: answerBy?.toISOString() ?? null,
  owedBy,
  answered: [],
  answerOffice: officeOf(actor),
});

const toHolder = (
  call: CallState,
  holder: CallHolder,
  kind: string,
  params: Record<string, unknown>,
): CallNotice =>
  "deptCode" in holder
    ? tell("department", kind, call, params, holder.deptCode)
    : tell(AUDIENCE_OF[holder.office], kind, call, { ...params, office: holder.office });

const AUDIENCE_OF = {
  principal: "principal",
  street: "callingStreet",
  district: "district",
} as const satisfies Record<string, CallAudience>;

function officeOf({ roles }: Actor): CallSupervision["answerOffice"] {
  if (roles.includes("supervisor")) return "supervisors";
  if (roles.includes("districtDispatcher")) return "district";
  return roles.includes("followUpAgent") ? "followUpAgents" : "callingStreet";
}
