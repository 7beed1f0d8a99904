import type { EventState } from "../event.ts";
import { type Decider, tell, workers } from "./decision.ts";

/** What the reporters themselves add, change and ask for. */

export const supplement: Decider<"supplement"> = (event, command) => {
  const missing = command.place === undefined ? event.missing : withoutPlace(event.missing);
  const complete = event.status === "draft" && (missing.length === 0 || command.giveUp);
  return {
    to: event.status === "draft" && !complete ? "draft" : complete ? "pendingAccept" : event.status,
    patch: { missing, ...(command.place === undefined ? {} : { place: command.place }) },
    note: command.note,
    notices: complete
      ? [tell("commandRoom", "newEvent", event)]
      : event.status === "draft"
        ? []
        : [tell(workers(event), "supplemented", event, { note: command.note })],
  };
};

export const correct: Decider<"correct"> = (event, command) => {
  const before = event.place.raw;
  const patch = {
    ...(command.place === undefined
      ? {}
      : { place: command.place, missing: withoutPlace(event.missing) }),
    ...(command.category === undefined ? {} : { category: command.category }),
  };
  const note = [
    command.place === undefined ? null : `地点:${before ?? "未填"} → ${command.place.raw}`,
    command.category === undefined ? null : `类别:${event.category} → ${command.category}`,
    command.note ?? null,
  ]
    .filter((part) => part !== null)
    .join(";");
  return {
    patch,
    note,
    notices: event.status === "draft" ? [] : [tell(workers(event), "corrected", event, { note })],
  };
};

export const join: Decider<"join"> = (_event, command) => ({ note: command.note ?? null });

export const urge: Decider<"urge"> = (event, command) => ({
  note: command.note ?? null,
  notices: [tell(workers(event), "urged", event, { note: command.note ?? null })],
});

export const withdraw: Decider<"withdraw"> = (event, command) => ({
  patch: { assignees: [], delayRequest: null, supervision: null },
  note: command.note ?? null,
  notices: [
    tell("formerAssignees", "withdrawn", event),
    ...(event.status === "draft" ? [] : [tell("commandRoom", "withdrawn", event)]),
  ],
});

export const requestWithdrawal: Decider<"requestWithdrawal"> = (event, command) => ({
  note: command.note ?? null,
  notices: [tell("commandRoom", "withdrawalRequested", event)],
});

const withoutPlace = (missing: EventState["missing"]): EventState["missing"] =>
  missing.filter((element) => element !== "place");
