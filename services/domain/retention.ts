/** What is emptied by itself after its time (domain.md 2.7); the privacy notice promises the first two. */
export const RETENTION_RULES = [
  "incoming",
  "outgoing",
  "signIns",
  "reportFiles",
  "alarmPictures",
  "falseAlarms",
  "alarmMessages",
  "callers",
] as const;
export type RetentionRule = (typeof RETENTION_RULES)[number];

/** Days that each is kept. */
export const RETENTION_DAYS: Record<RetentionRule, number> = {
  incoming: 30,
  outgoing: 30,
  signIns: 30,
  reportFiles: 30,
  // Of alarms that were called false: the picture, and where it was in somebody's home.
  alarmPictures: 7,
  falseAlarms: 30,
  // By which a repeat is known.
  alarmMessages: 30,
  /** who rang a hotline, and its order as it came; from the end of the event on */
  callers: 30,
};
