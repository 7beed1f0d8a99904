import type { RobotMessage } from "./robot-message.ts";

/** A colon occurs in no staff id, so nobody outside can be bound to a person of people.csv. */
const OUTSIDER = "outsider:";
const STAFF_ID = /^[^\s:]+$/;

/**
 * The id that people.csv binds: the staff id, or `outsider:` and the encrypted id for people outside
 * the organisation (and for everybody before the app is published). A sender without any id gets one
 * of this message alone, so that two strangers never see each other's reports.
 */
export function senderIdOf(message: RobotMessage): string {
  const staffId = message.senderStaffId;
  if (staffId !== undefined && STAFF_ID.test(staffId)) return staffId;
  return `${OUTSIDER}${message.senderId ?? `unknown:${message.msgId}`}`;
}

/** Outsiders have no staff id: they can be neither written to in private nor mentioned. */
export const isOutsider = (platformUserId: string): boolean => platformUserId.startsWith(OUTSIDER);
