import type { Duty, DutySubjectType } from "./obligation.ts";
import type { ReminderKind } from "./reminder.ts";

/** One duty in a digest, as it waits in the outbox. Times are ISO 8601. */
export interface ReminderItem {
  obligationId: string;
  step: number;
  kind: ReminderKind;
  overdueDays: number;
  natural: boolean;
  urgent: boolean;
  subject: { type: DutySubjectType; no: string };
  /** empty where the receiver may not know it */
  summary: string;
  duty: Duty;
  /** which demand or department, where a duty is told apart by it */
  about?: string | null;
  dueAt: string;
  /** who owes it, by name */
  owner: string;
  /** whether the receiver owes it, or hears that somebody else does and what they can do about it */
  ask: "do" | "supervise" | "urge" | "look";
}

/** The kind of notice a digest is, in the outbox. */
export const REMINDERS_NOTICE = "reminders";

export interface ReminderDigest {
  items: ReminderItem[];
}
