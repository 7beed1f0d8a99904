import { sql } from "drizzle-orm";
import { openObligationsOf } from "../../db/queries/obligations.ts";
import { spokenTime } from "../../services/domain/time.ts";
import { type Chat, numberIn, type Said } from "../support/chat.ts";

/** The people and places of the sample district that the stories are about. */
export const GROUP = "nantang-3";
export const WORK = "wangchao-work";
export const NEIGHBOUR = "auntie-li";
export const DISPATCHER = "wangchao-dispatcher-1";
/** the environmental sanitation station of the street: one person */
export const HANDLER = "wangchao-huanwei-1";
/** the law enforcement squad of the street: two people */
export const SQUAD = ["wangchao-zhifa-1", "wangchao-zhifa-2"] as const;
export const WORKER = "nantang3-worker";
export const LEADER = "nantang-leader-2";
export const PRINCIPAL = "wangchao-principal";
export const SUPERVISOR = "district-supervisor";
export const DISTRICT = "district-dispatcher-1";
export const OTHER_STREET = "liuan-dispatcher-1";

export const inPrivate = (userId: string): string => `private:${userId}`;

/** Everything that was said to one address, in order. */
export const heard = (said: readonly Said[], to: string): string =>
  said
    .filter((one) => one.to === to)
    .map((one) => one.text)
    .join("\n");

/** Who heard something, without repeats. */
export const listeners = (said: readonly Said[]): string[] => [
  ...new Set(said.map((one) => one.to)),
];

/** Somebody reports something; its number. */
export async function reported(
  chat: Chat,
  text = "学院公寓3幢楼下垃圾桶满了没人倒",
  who = NEIGHBOUR,
  where = GROUP,
): Promise<string> {
  return numberIn(await chat.say(who, where, text));
}

const WAY = ["accepted", "assigned", "handling", "completed", "closed"] as const;

/** Takes a new event the usual way as far as `until`. */
export async function bring(chat: Chat, no: string, until: (typeof WAY)[number]): Promise<Said[]> {
  const steps = [
    () => chat.say(DISPATCHER, WORK, `受理 ${no}`),
    () => chat.say(DISPATCHER, WORK, `交办 ${no} 给环卫所`),
    () => chat.say(HANDLER, inPrivate(HANDLER), `签收 ${no}`),
    () => chat.say(HANDLER, inPrivate(HANDLER), `办结 ${no} 已清运并冲洗`),
    () => chat.say(WORKER, inPrivate(WORKER), `验收通过 ${no}`),
  ];
  let said: Said[] = [];
  for (const step of steps.slice(0, WAY.indexOf(until) + 1)) said = await step();
  return said;
}

export const statusOf = async (chat: Chat, no: string): Promise<string> =>
  (await chat.event(no)).row.status;

/** What is owed on an event now: duty, owner, due time. */
export async function owed(chat: Chat, no: string): Promise<string[]> {
  const open = await openObligationsOf(chat.database, no);
  return open
    .map((row) => `${row.duty} ${row.ownerPerson ?? row.ownerOrg} ${spokenTime(row.dueAt)}`)
    .sort();
}

/** Refusals in the audit: who was refused what, and why. */
export const refusals = (chat: Chat): Promise<{ who: string; action: string; reason: string }[]> =>
  chat.database.rows(sql`
    select actor ->> 'platformUserId' as who, action, reason from audit
    where outcome = 'refused' order by id`);
