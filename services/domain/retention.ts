/**
 * What the product deletes or empties by itself: one class, one rule, one period. The ledger
 * (`retention_runs`) names these classes, the command `npm run retention` and the job of each night follow
 * them, and the privacy notice promises the first two.
 */
export const RETENTION_RULES = [
  "incoming",
  "outgoing",
  "signIns",
  "reportFiles",
  "alarmPictures",
  "falseAlarms",
  "alarmMessages",
  "callers",
  "presses",
  "deliveries",
  "erasedPictures",
  "erasedWords",
] as const;
export type RetentionRule = (typeof RETENTION_RULES)[number];

export interface RetentionClass {
  days: number;
  /** what goes, and from which moment its days are counted */
  what: string;
}

export const RETENTION_CLASSES: Record<RetentionRule, RetentionClass> = {
  incoming: { days: 30, what: "words and senders of messages, since they came" },
  outgoing: { days: 30, what: "words of answers and notices, since they were written" },
  signIns: { days: 30, what: "where somebody was signed in, since it ended" },
  reportFiles: { days: 30, what: "files of reports, since they were made" },
  alarmPictures: { days: 7, what: "pictures of false alarms, since they were called false" },
  falseAlarms: { days: 30, what: "place of false alarms in homes, since they were called false" },
  alarmMessages: { days: 30, what: "ids by which an alarm's repeat is known, since it came" },
  callers: {
    days: 30,
    what: "who rang a hotline, and its order as it came, since its event ended",
  },
  presses: { days: 30, what: "keys by which a phone's repeat is known, since it was pressed" },
  deliveries: { days: 30, what: "what other systems were told, since it was written" },
  // Asked for by 「删除我的信息」: gone as soon as nobody works with it.
  erasedPictures: { days: 0, what: "pictures of erased people's reports, since their event ended" },
  erasedWords: { days: 0, what: "summaries of erased people's reports, since their event ended" },
};

/** Days that each is kept. */
export const RETENTION_DAYS = Object.fromEntries(
  RETENTION_RULES.map((rule) => [rule, RETENTION_CLASSES[rule].days]),
) as Record<RetentionRule, number>;
