import type { Role } from "./actor.ts";
import type { DutySubjectType } from "./obligation.ts";
import type { ReminderAudience } from "./reminder.ts";

/** What a duty is about, as far as its reminders have to know. */
export interface ReminderSubject {
  type: DutySubjectType;
  no: string;
  summary: string;
  streetCode: string | null;
  gridCode: string | null;
  /** only the command room and the supervisors may know of it; never named in a group */
  confidential: boolean;
  /** people who signed for it or dealt with it themselves: none of them verifies it */
  handlers: readonly string[];
}

/** Somebody of the registry who can be reached. */
export interface Colleague {
  id: string;
  name: string;
  orgCode: string;
  roles: readonly Role[];
  gridCodes: readonly string[];
}

export interface ReminderOrg {
  code: string;
  name: string;
  type: "district" | "street" | "community" | "department" | "station";
  parentCode: string | null;
}

/** The registry as reminders need it. Groups are work groups only: residents never read of a duty. */
export interface ReminderDirectory {
  district: string | null;
  orgs: ReadonlyMap<string, ReminderOrg>;
  people: readonly Colleague[];
  /** organisations with a work group that can be reached */
  workGroups: ReadonlySet<string>;
  presence: Presence;
}

/** Who is there today. */
export interface Presence {
  /** who stands in for whom, by the id of whoever is on leave */
  deputies: ReadonlyMap<string, string>;
  /** who is on duty (值班), by organisation; one without an entry has no roster for the day */
  onDuty: ReadonlyMap<string, readonly string[]>;
}

export const EVERYBODY_PRESENT: Presence = { deputies: new Map(), onDuty: new Map() };

/** What the registry lacks, so that somebody who should hear of a duty cannot. */
export interface ReminderGap {
  missing: ReminderAudience;
  orgCode: string | null;
}
