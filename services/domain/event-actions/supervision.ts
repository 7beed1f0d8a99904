import type { EventState } from "../event.ts";
import { isCoveredBy, type Supervision } from "../supervision.ts";
import {
  type Decider,
  type DecisionContext,
  needsReason,
  type Outcome,
  refused,
  tell,
  workers,
} from "./decision.ts";

/** Demands that whoever holds the event moves on, and what is said in answer. */

export const urge: Decider<"urge"> = (event, command, context) => ({
  patch: isCoveredBy("urge", event.supervision)
    ? {}
    : { supervision: demand({ kind: "urge", note: command.note ?? "", by: null }, context) },
  note: command.note ?? null,
  notices: [tell(workers(event), "urged", event, { note: command.note ?? null })],
});

export const supervise: Decider<"supervise"> = (event, command, context) => {
  const { grade, answerBy, note = "" } = command;
  const by = context.actor.name;
  const supervision = demand({ kind: "supervise", grade, note, by, answerBy }, context);
  return {
    ...demanded(event, "supervised", supervision),
    note: command.note ?? null,
  };
};

export const instruct: Decider<"instruct"> = (event, command, context) => {
  const { note, answerBy } = command;
  if (needsReason(note)) return refused("reasonRequired", { field: "note" });
  const by = context.actor.name;
  return demanded(event, "instructed", demand({ kind: "instruct", note, by, answerBy }, context));
};

/** What moves on. It answers an open demand: a reporter's to them, an authority's to the command room. */
export const progress: Decider<"progress"> = (event, command) => ({
  patch: { supervision: null },
  note: command.note,
  notices: answers(event, command.note),
});

function answers(event: EventState, note: string) {
  if (event.supervision === null) return [];
  return event.supervision.kind === "urge"
    ? [tell("reporters", "urgeAnswered", event, { note })]
    : [tell("commandRoom", "supervisionAnswered", event, { note })];
}

const demanded = (
  event: EventState,
  notice: "supervised" | "instructed",
  supervision: Supervision,
): Outcome => ({
  patch: { supervision },
  note: supervision.note,
  notices: [
    tell(workers(event), notice, event, {
      note: supervision.note,
      by: supervision.by,
      grade: supervision.grade,
      answerBy: supervision.answerBy,
      held: event.assignees.length > 0,
    }),
  ],
});

function demand(
  given: Pick<Supervision, "kind" | "note" | "by"> & {
    grade?: Supervision["grade"];
    answerBy?: Date | undefined;
  },
  { now }: DecisionContext,
): Supervision {
  return {
    grade: "normal",
    ...given,
    at: now.toISOString(),
    answerBy: given.answerBy?.toISOString() ?? null,
  };
}
