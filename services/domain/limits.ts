import { ALARM_KINDS, type AlarmKind } from "./alarm.ts";
import type { Limit } from "./deadline.ts";
import { URGENCIES, type Urgency } from "./level.ts";
import type { CallLimits, EventLimits, Policy } from "./policy.ts";

const EVENT_STEPS = [
  "accept",
  "assign",
  "sign",
  "complete",
] as const satisfies readonly (keyof EventLimits)[];

const SINGLE_LIMITS = [
  "selfHandle",
  "verify",
  "feedback",
  "close",
  "decideDelay",
  "consult",
  "answerUrge",
  "answerSupervision",
] as const satisfies readonly (keyof Policy)[];

const CALL_STEPS = [
  "approve",
  "supplementApproval",
  "assess",
  "respond",
  "emergencyRespond",
  "emergencyArrive",
  "complete",
  "close",
  "followUp",
] as const satisfies readonly (keyof CallLimits)[];

type EventLimitName = `${Urgency}.${(typeof EVENT_STEPS)[number]}`;
type CallLimitName = `call.${(typeof CALL_STEPS)[number]}`;
type AlarmLimitName = `alarm.${AlarmKind}`;

/** What a limit is called in `limits.csv`: `normal.complete`, `verify`, `call.respond`, `alarm.smoke`. */
export type LimitName =
  | EventLimitName
  | (typeof SINGLE_LIMITS)[number]
  | CallLimitName
  | AlarmLimitName;

export const LIMIT_NAMES: readonly LimitName[] = [
  ...URGENCIES.flatMap((urgency) =>
    EVENT_STEPS.map((step): EventLimitName => `${urgency}.${step}`),
  ),
  ...SINGLE_LIMITS,
  ...CALL_STEPS.map((step): CallLimitName => `call.${step}`),
  ...ALARM_KINDS.map((kind): AlarmLimitName => `alarm.${kind}`),
];

export const LIMIT_UNITS = ["naturalMinutes", "workMinutes", "workdays"] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

/** `{ workdays: 2 }` of an amount and a unit. */
export function limitOf(amount: number, unit: LimitUnit): Limit {
  if (unit === "naturalMinutes") return { naturalMinutes: amount };
  return unit === "workMinutes" ? { workMinutes: amount } : { workdays: amount };
}

export type LimitTable = Readonly<Record<LimitName, Limit>>;

/** Every limit of a policy by its name. */
export function limitsOf(policy: Policy): LimitTable {
  return Object.fromEntries([
    ...URGENCIES.flatMap((urgency) =>
      EVENT_STEPS.map((step) => [`${urgency}.${step}`, policy.events[urgency][step]]),
    ),
    ...SINGLE_LIMITS.map((name) => [name, policy[name]]),
    ...CALL_STEPS.map((step) => [`call.${step}`, policy.calls[step]]),
    ...ALARM_KINDS.map((kind) => [`alarm.${kind}`, policy.alarms[kind]]),
  ]);
}

/** The policy with the limits that a district sets for itself; the others stay. */
export function withLimits(
  policy: Policy,
  own: ReadonlyMap<LimitName, Limit>,
  version: string,
): Policy {
  const table = { ...limitsOf(policy), ...(Object.fromEntries(own) as Partial<LimitTable>) };
  const steps = (urgency: Urgency): EventLimits => ({
    accept: table[`${urgency}.accept`],
    assign: table[`${urgency}.assign`],
    sign: table[`${urgency}.sign`],
    complete: table[`${urgency}.complete`],
  });
  return {
    ...policy,
    version,
    events: { normal: steps("normal"), urgent: steps("urgent"), critical: steps("critical") },
    selfHandle: table.selfHandle,
    verify: table.verify,
    feedback: table.feedback,
    close: table.close,
    decideDelay: table.decideDelay,
    consult: table.consult,
    answerUrge: table.answerUrge,
    answerSupervision: table.answerSupervision,
    calls: {
      approve: table["call.approve"],
      supplementApproval: table["call.supplementApproval"],
      assess: table["call.assess"],
      respond: table["call.respond"],
      emergencyRespond: table["call.emergencyRespond"],
      emergencyArrive: table["call.emergencyArrive"],
      complete: table["call.complete"],
      close: table["call.close"],
      followUp: table["call.followUp"],
    },
    alarms: Object.fromEntries(
      ALARM_KINDS.map((kind) => [kind, table[`alarm.${kind}`]]),
    ) as Policy["alarms"],
  };
}
