import type { EventState } from "../event.ts";
import type { Notice } from "../notice.ts";
import { isCoveredBy, privatelyAnswered, type Supervision } from "../supervision.ts";
import {
  type Decider,
  type DecisionContext,
  needsReason,
  type Outcome,
  refused,
  tell,
  tellPerson,
  workers,
} from "./decision.ts";

/** Demands that whoever holds the event moves on, and what is said in answer. */

export const urge: Decider<"urge"> = (event, command, { now }) => ({
  patch: isCoveredBy("urge", event.demands)
    ? {}
    : withDemand(event, {
        kind: "urge",
        grade: "normal",
        note: command.note ?? "",
        by: null,
        answerTo: null,
        at: now.toISOString(),
        answerBy: null,
      }),
  note: command.note ?? null,
  notices: [tell(workers(event), "urged", event, { note: command.note ?? null })],
});

export const supervise: Decider<"supervise"> = (event, command, context) => {
  const { grade, answerBy, note = "" } = command;
  return {
    ...demanded(event, "supervised", { kind: "supervise", grade, note, answerBy }, context),
    note: command.note ?? null,
  };
};

export const instruct: Decider<"instruct"> = (event, command, context) => {
  const { note, answerBy } = command;
  if (needsReason(note)) return refused("reasonRequired", { field: "note" });
  return demanded(
    event,
    "instructed",
    { kind: "instruct", grade: "normal", note, answerBy },
    context,
  );
};

/** What moves on. It answers every open demand: a reporter's to them, an authority's to it and the command room. */
export const progress: Decider<"progress"> = (event, command) => {
  const urged = event.demands.some(({ kind }) => kind === "urge");
  const ordered = event.demands.some(({ kind }) => kind !== "urge");
  const { note } = command;
  return {
    patch: { demands: [] },
    note,
    notices: [
      ...(urged ? [tell("reporters", "urgeAnswered", event, { note })] : []),
      ...(ordered ? [tell("commandRoom", "supervisionAnswered", event, { note })] : []),
      ...answersInPrivate(event, note),
    ],
  };
};

/** To everybody who is answered in private, what came of their demand. */
export const answersInPrivate = (event: EventState, note: string): Notice[] =>
  [...new Set(event.demands.flatMap(({ answerTo }) => answerTo ?? []))].map((personId) =>
    tellPerson(personId, "supervisionAnswered", event, { note }),
  );

type Demand = Pick<Supervision, "kind" | "grade" | "note"> & { answerBy?: Date | undefined };

function demanded(
  event: EventState,
  notice: "supervised" | "instructed",
  { answerBy, ...demand }: Demand,
  { actor, now }: DecisionContext,
): Outcome {
  const supervision: Supervision = {
    ...demand,
    by: actor.name,
    answerTo: privatelyAnswered(actor),
    at: now.toISOString(),
    answerBy: answerBy?.toISOString() ?? null,
  };
  const { note, by, grade } = supervision;
  return {
    patch: withDemand(event, supervision),
    note,
    notices: [
      tell(workers(event), notice, event, {
        note,
        by,
        grade,
        answerBy: supervision.answerBy,
        held: event.assignees.length > 0,
      }),
    ],
  };
}

const withDemand = (event: EventState, supervision: Supervision) => ({
  demands: [...event.demands, supervision],
});
