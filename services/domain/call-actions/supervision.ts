import type { Actor } from "../actor.ts";
import type { CallState, CallSupervision } from "../call-ticket.ts";
import { isCoveredBy, type Supervision } from "../supervision.ts";
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

export const answer: CallDecider<"answer"> = (call, command, { actor }) => {
  if (isBlank(command.note)) return refused("reasonRequired", { field: "note" });
  const { supervision } = call;
  const key = owingAnswer(call).map(holderKey).find(speaksFor(actor));
  if (supervision === null || key === undefined) return refused("nothingFound");
  return {
    patch: { supervision: { ...supervision, answered: [...supervision.answered, key] } },
    note: command.note,
    notices: [
      tell(supervision.answerTo, "callAnswered", call, { by: actor.name, note: command.note }),
    ],
  };
};

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
  { actor, now }: CallContext,
  notice: string,
  { answerBy, ...demand }: Demand,
): CallOutcome {
  const meant = holdersOf(call).filter(
    (holder) => deptCode === undefined || holderKey(holder) === deptCode,
  );
  if (meant.length === 0)
    return deptCode === undefined ? refused("nothingFound") : refused("notFound", { deptCode });
  const supervision: CallSupervision = {
    ...demand,
    by: actor.name,
    at: now.toISOString(),
    answerBy: answerBy?.toISOString() ?? null,
    owedBy: meant.map(holderKey),
    answered: [],
    answerTo: answersGoTo(actor),
  };
  const open = owingAnswer(call).length > 0 ? call.supervision : null;
  const { by, note, grade } = supervision;
  return {
    patch: isCoveredBy(demand.kind, open) ? {} : { supervision },
    note: note === "" ? null : note,
    notices: meant.map((holder) =>
      toHolder(call, holder, notice, { by, note, grade, answerBy: supervision.answerBy }),
    ),
  };
}

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

function answersGoTo({ roles }: Actor): CallSupervision["answerTo"] {
  if (roles.includes("supervisor")) return "supervisors";
  if (roles.includes("districtDispatcher")) return "district";
  return roles.includes("followUpAgent") ? "followUpAgents" : "callingStreet";
}
