import { z } from "zod";
import type { Actor } from "./actor.ts";
import type { AlarmState, AlarmSubject } from "./alarm.ts";
import { mayDecideAlarm, maySeeAlarm } from "./alarm-rights.ts";
import { type Refusal, refuse } from "./refusal.ts";

export const ALARM_ACTIONS = ["confirmAlarm", "falseAlarm"] as const;
export type AlarmAction = (typeof ALARM_ACTIONS)[number];

export const ALARM_ACTION_NAMES: Record<AlarmAction, string> = {
  confirmAlarm: "确认",
  falseAlarm: "误报",
};

const LONGEST = 500;

/** What a person says of an alarm. */
export const AlarmCommand = z.discriminatedUnion("action", [
  z.object({
    action: z.literal("confirmAlarm"),
    into: z
      .string()
      .max(40)
      .optional()
      .describe("number of an event that it is the same trouble as; absent: an event of its own"),
    note: z.string().max(LONGEST).optional(),
  }),
  z.object({
    action: z.literal("falseAlarm"),
    reason: z.string().max(LONGEST).describe("why it is none"),
  }),
]);
export type AlarmCommand = z.infer<typeof AlarmCommand>;

export type AlarmDecision =
  | { ok: true; to: Exclude<AlarmState, "open">; reason: string | null }
  | Refusal<AlarmAction>;

/** Confirmed once, by somebody whose task it is; what is called false says why. */
export function decideAlarm(
  alarm: AlarmSubject,
  command: AlarmCommand,
  actor: Actor,
): AlarmDecision {
  const { action } = command;
  if (!maySeeAlarm(actor, alarm)) return refuse(action, "notFound", [], { no: alarm.no });
  if (!mayDecideAlarm(actor, alarm)) return refuse(action, "noRight");
  if (alarm.state !== "open") {
    return refuse(action, "notAllowed", [], {
      status: alarm.state,
      by: alarm.decidedBy?.name ?? null,
    });
  }
  if (command.action === "confirmAlarm")
    return { ok: true, to: "confirmed", reason: command.note?.trim() || null };
  const reason = command.reason.trim();
  if (reason === "") return refuse(action, "reasonRequired", ALARM_ACTIONS);
  return { ok: true, to: "falseAlarm", reason };
}
