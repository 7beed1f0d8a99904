import { deadline, workMinutesBetween } from "../deadline.ts";
import type { Assignee, EventState } from "../event.ts";
import { ownDue } from "../hotline/due.ts";
import { type EventLevel, levelName, URGENCY_NAMES, type Urgency } from "../level.ts";
import { PLATFORM_NAMES, type Platform } from "../platform.ts";
import {
  type Decider,
  type DecisionContext,
  needsReason,
  refused,
  tell,
  tellCommandRoom,
} from "./decision.ts";

/** What the command room does before anybody works on it: accept, grade, assign, send up, join. */

export const accept: Decider<"accept"> = (event, command, context) => {
  const graded = grade(event, command, context, context.now);
  return { patch: { ...graded, acceptedAt: context.now, missing: [] }, note: command.note ?? null };
};

export const reject: Decider<"reject"> = (event, command) => {
  if (needsReason(command.reason)) return refused("reasonRequired");
  return {
    note: command.reason,
    notices: [tell("reporters", "rejected", event, { reason: command.reason })],
  };
};

export const setLevel: Decider<"setLevel"> = (event, command, context) => {
  if (
    command.level === undefined &&
    command.platform === undefined &&
    command.urgency === undefined
  ) {
    return refused("fieldRequired", { field: "level" });
  }
  const graded = grade(event, command, context, event.acceptedAt);
  const changed = event.assignees.length > 0 && graded.level !== event.level;
  return {
    patch: graded,
    note: describeGrade(event, graded, command.note),
    notices: changed ? [tell("assignees", "levelChanged", event, { level: graded.level })] : [],
  };
};

export const assign: Decider<"assign"> = (event, command, context) => {
  const leadOrg = command.orgCode ?? context.route?.leadOrg;
  if (leadOrg === undefined) return refused("fieldRequired", { field: "orgCode" });
  if (
    event.level >= 2 &&
    event.reporters.some((r) => r.personId !== null && r.personId === command.personId)
  ) {
    return refused("separationOfReportAndHandle");
  }
  const supports =
    command.orgCode === undefined ? (context.route?.supportOrgs ?? []) : command.supportOrgCodes;
  const assignees: Assignee[] = [
    holder(leadOrg, "lead", command.personId ?? null),
    ...supports.filter((org) => org !== leadOrg).map((org) => holder(org, "support", null)),
  ];
  return {
    patch: { assignees },
    note: command.note ?? null,
    notices: [
      tell("assignees", "assigned", event, {
        note: command.note ?? null,
        dueAt: event.dueAt?.toISOString() ?? null,
        urgency: event.urgency,
      }),
      tell("formerAssignees", "unassigned", event),
    ],
  };
};

export const escalate: Decider<"escalate"> = (event, command, context) => ({
  patch: {
    assignees: [],
    escalatedAt: context.now,
    level: 4,
    delayRequest: null,
  },
  note: command.reason ?? null,
  notices: [
    tell("commandCenter", "escalated", event, { reason: command.reason ?? null }),
    tell("formerAssignees", "unassigned", event),
  ],
});

export const merge: Decider<"merge"> = (event, command) => {
  if (command.into === event.no) return refused("sameEvent");
  return {
    patch: { mergedInto: command.into, assignees: [], delayRequest: null },
    note: `并入 ${command.into}`,
    notices: [
      tell("reporters", "merged", event, { into: command.into }),
      tell("formerAssignees", "unassigned", event),
    ],
  };
};

export const consult: Decider<"consult"> = (event, command) => ({
  patch: { delayRequest: null },
  note: command.reason ?? null,
  notices: [
    tell("commandCenter", "consulting", event, { reason: command.reason ?? null }),
    ...(event.assignees.length > 0 ? [tell("assignees", "pausedForConsultation", event)] : []),
  ],
});

/** The working time that the consultation took is added to the limit: it did not run meanwhile. */
export const concludeConsultation: Decider<"concludeConsultation"> = (event, command, context) => {
  if (needsReason(command.note)) return refused("reasonRequired");
  const { actor, now, calendar, consultedSince } = context;
  const paused = consultedSince ? workMinutesBetween(consultedSince, now, calendar) : 0;
  const due = ownDue(event);
  return {
    patch: {
      assignees: [],
      ...(due === null || paused === 0
        ? {}
        : { dueAt: deadline(due, { workMinutes: paused }, calendar) }),
    },
    note: command.note,
    notices: [
      ...tellCommandRoom(actor, "consulted", event, { note: command.note }),
      tell("formerAssignees", "consultedForFormer", event, { note: command.note }),
    ],
  };
};

/** The case goes to the district government to name who is responsible (seed 002); 交办 answers it. */
export const specialReport: Decider<"specialReport"> = (event, command, { actor }) => ({
  note: command.note ?? null,
  notices: [
    tell("commandCenter", "specialReported", event, {
      note: command.note ?? null,
      by: actor.name,
    }),
  ],
});

interface Grade {
  level: EventLevel;
  platform: Platform | null;
  urgency: Urgency;
  category: string;
  dueAt: Date | null;
}

interface Asked {
  level?: EventLevel | undefined;
  platform?: Platform | undefined;
  urgency?: Urgency | undefined;
  category?: string | undefined;
}

function grade(
  event: EventState,
  asked: Asked,
  context: DecisionContext,
  acceptedAt: Date | null,
): Grade {
  const urgency = asked.urgency ?? event.urgency;
  const moved = urgency !== event.urgency || event.acceptedAt === null;
  return {
    level: asked.level ?? event.level,
    platform: asked.platform ?? event.platform,
    urgency,
    category: asked.category ?? event.category,
    dueAt:
      acceptedAt !== null && moved && !event.delayApproved
        ? deadline(acceptedAt, context.policy.events[urgency].complete, context.calendar)
        : ownDue(event),
  };
}

function describeGrade(event: EventState, graded: Grade, note: string | undefined): string {
  const parts = [
    changeOf("级别", levelName(event.level), levelName(graded.level)),
    changeOf("平台", platformName(event.platform), platformName(graded.platform)),
    changeOf("紧急度", URGENCY_NAMES[event.urgency], URGENCY_NAMES[graded.urgency]),
    note ?? null,
  ];
  return parts.filter((part) => part !== null).join(";");
}

const changeOf = (what: string, before: string, after: string): string | null =>
  before === after ? null : `${what}:${before} → ${after}`;

const platformName = (platform: Platform | null): string =>
  platform === null ? "无" : PLATFORM_NAMES.fourPlatforms[platform];

const holder = (orgCode: string, role: Assignee["role"], personId: string | null): Assignee => ({
  id: null,
  orgCode,
  personId,
  name: null,
  role,
  signed: false,
});
