import type { Actor } from "../actor.ts";
import { isDevice } from "../alarm-sender.ts";
import { deadline } from "../deadline.ts";
import { isErased } from "../erased.ts";
import type { Assignee, EventState } from "../event.ts";
import { ownDue, shorterDue } from "../hotline/due.ts";
import type { Notice } from "../notice.ts";
import { isSamePerson } from "../rights.ts";
import { spokenTime } from "../time.ts";
import { type Decider, leadOf, needsReason, refused, tell } from "./decision.ts";

/** What the handlers do. */

export const sign: Decider<"sign"> = (event, command, { actor }) => {
  if (event.level >= 2 && event.reporters.some((reporter) => isSamePerson(actor, reporter))) {
    return refused("separationOfReportAndHandle");
  }
  const own = ownAssignment(event, actor);
  if (own?.signed) return refused("notAllowed", { signedBy: own.name });
  return {
    to: own?.role === "support" ? event.status : "handling",
    patch: { assignees: signedBy(event, own, actor) },
    note: command.note ?? null,
  };
};

export const complete: Decider<"complete"> = (event, command, { actor, now }) => {
  if (needsReason(command.note)) return refused("reasonRequired", { field: "note" });
  const own = ownAssignment(event, actor);
  if (own?.role === "support")
    return refused("noRight", { leadOrg: leadOf(event)?.orgCode ?? null });
  return {
    patch: {
      delayRequest: null,
      ...toldOnCompletion(event, actor, now),
      commandRoomToldAt: null,
    },
    note: command.note,
    notices: completionNotices(event, actor, command.note),
  };
};

export const selfHandle: Decider<"selfHandle"> = (event, command, { actor, now }) => {
  if (event.level > 1) return refused("levelTooHigh", { level: event.level });
  const own: Assignee = {
    id: null,
    orgCode: actor.orgCode ?? "",
    personId: actor.personId,
    name: actor.name,
    role: "lead",
    signed: true,
  };
  return {
    patch: {
      selfHandled: true,
      assignees: [own],
      missing: [],
      acceptedAt: event.acceptedAt ?? now,
      ...toldOnCompletion(event, actor, now),
    },
    note: command.note ?? null,
    notices: completionNotices(event, actor, command.note ?? "已当场处理"),
  };
};

export const giveBack: Decider<"return"> = (event, command) => {
  if (needsReason(command.reason)) return refused("reasonRequired");
  const toStreet = event.status === "escalated";
  return {
    // What the district assigned comes back to the district.
    ...(event.escalatedAt === null || toStreet ? {} : { to: "escalated" as const }),
    patch: { assignees: [], delayRequest: null, ...(toStreet ? { escalatedAt: null } : {}) },
    note: command.reason,
    notices: [
      tell(
        event.escalatedAt === null || toStreet ? "commandRoom" : "commandCenter",
        "returned",
        event,
        {
          reason: command.reason,
        },
      ),
    ],
  };
};

export const delay: Decider<"delay"> = (event, command, { actor, policy }) => {
  if (needsReason(command.reason)) return refused("reasonRequired");
  if (event.delayApproved || event.delayRequest !== null) return refused("alreadyDelayed");
  if (command.workdays > policy.longestDelayWorkdays) {
    return refused("delayTooLong", { most: policy.longestDelayWorkdays });
  }
  const request = { workdays: command.workdays, reason: command.reason, by: actor.personId };
  return {
    patch: { delayRequest: request },
    note: `${command.workdays}个工作日:${command.reason}`,
    notices: [
      tell(
        event.escalatedAt === null ? "commandRoom" : "commandCenter",
        "delayRequested",
        event,
        request,
      ),
    ],
  };
};

export const decideDelay: Decider<"decideDelay"> = (event, command, { now, calendar }) => {
  if (event.delayRequest === null) return refused("notAllowed", { missing: "delayRequest" });
  if (!command.approved && needsReason(command.reason)) return refused("reasonRequired");
  const wanted = command.approved
    ? deadline(event.dueAt ?? now, { workdays: event.delayRequest.workdays }, calendar)
    : null;
  const dueAt = wanted === null ? event.dueAt : shorterDue(wanted, event.hotlineDueAt);
  const heldBack = wanted !== null && dueAt !== null && dueAt < wanted;
  const note = [
    command.reason ?? null,
    heldBack ? `热线期限 ${spokenTime(dueAt)},延期不超过它` : null,
  ].filter((part) => part !== null);
  return {
    patch: {
      delayRequest: null,
      delayApproved: command.approved,
      dueAt: wanted ?? ownDue(event),
    },
    note: note.length === 0 ? null : note.join(";"),
    notices: [
      tell("assignees", "delayDecided", event, {
        approved: command.approved,
        reason: command.reason ?? null,
        dueAt: dueAt?.toISOString() ?? null,
        ...(heldBack ? { heldByHotline: true } : {}),
      }),
    ],
  };
};

/** 双反馈 (seed 003): the reporters and the command room hear of the result; the grid is asked to verify. */
function completionNotices(event: EventState, actor: Actor, note: string): Notice[] {
  const feedback = (side: "reporter" | "commandRoom") => ({ eventNo: event.no, side });
  return [
    ...(hasToBeTold(event, actor)
      ? [{ ...tell("reporters", "completed", event, { note }), feedback: feedback("reporter") }]
      : []),
    {
      ...tell("commandRoom", "completedForCommandRoom", event, {
        note,
        confidential: event.confidential,
      }),
      feedback: feedback("commandRoom"),
    },
    tell(event.confidential ? "supervisors" : "gridStaff", "pleaseVerify", event, { note }),
  ];
}

/** Whoever dealt with their own report knows the result; an erased account and a device are nobody to tell. */
const hasToBeTold = (event: EventState, actor: Actor): boolean =>
  event.reporters.some(
    (reporter) => !isErased(reporter) && !isDevice(reporter) && !isSamePerson(actor, reporter),
  );

const toldOnCompletion = (event: EventState, actor: Actor, now: Date) => ({
  reporterToldAt: hasToBeTold(event, actor) ? null : now,
});

const ownAssignment = (event: EventState, actor: Actor): Assignee | null =>
  event.assignees.find((assignee) => assignee.orgCode === actor.orgCode) ?? leadOf(event);

const signedBy = (event: EventState, own: Assignee | null, actor: Actor): Assignee[] =>
  event.assignees.map((assignee) =>
    assignee === own
      ? {
          ...assignee,
          signed: true,
          personId: actor.personId ?? assignee.personId,
          name: actor.name,
        }
      : assignee,
  );
