/**
 * What is to be said, as data. Workflows write it with the change; the sentences are made from it in
 * `bot/replies` when it is sent. `kind` names one function there, `params` are its argument.
 */
export interface NoticeBody {
  kind: string;
  params: Record<string, unknown>;
  /** emptied once it is sent, such as an access token */
  secret?: boolean;
  /** its receiver is forgotten once it is sent, such as somebody who had their data deleted */
  forgetReceiver?: boolean;
  /** raised as an alarm, where the channel may */
  ding?: true;
  /** told to whom, where the telling itself is owed (双反馈) */
  feedback?: { eventNo: string; side: "reporter" | "commandRoom" };
}

/** Who is to hear of a change; the workflow finds the addresses. */
export const AUDIENCES = [
  "firstReporter",
  "reporters",
  "commandRoom",
  "dispatchers",
  "assignees",
  /** who held the event before the change and does not any more */
  "formerAssignees",
  "gridStaff",
  /** the command room of the street an event belonged to before its place was corrected */
  "formerCommandRoom",
  "commandCenter",
  "supervisors",
  /** one official in private, by `personId` */
  "person",
] as const;
export type Audience = (typeof AUDIENCES)[number];

export interface Notice extends NoticeBody {
  to: Audience;
  /** for `person` */
  personId?: string;
  urgent: boolean;
}
