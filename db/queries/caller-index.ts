import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { contactIndex } from "./contact-index.ts";

/** Senders whose number was digested without a key, as `phone:` and 32 hexadecimal signs. */
const UNKEYED = "^phone:[0-9a-f]{32}$";

const SENDERS = sql`
  select platform_user_id as id, site from event_reporters where channel = 'api'
  union select platform_user_id, site from hotline_orders
  union select platform_user_id, site from residents where channel = 'api'
  union select platform_user_id, site from contacts where channel = 'api'`;

export async function countUnkeyedCallers(db: Db): Promise<number> {
  const [row] = await db.rows<{ count: number }>(sql`
    select count(*)::int as count from (${SENDERS}) senders where site = ${db.site} and id ~ ${UNKEYED}`);
  return row?.count ?? 0;
}

/**
 * Gives up to `limit` callers their keyed name, each in one transaction; the audit keeps the old one, as
 * what is sealed is not rewritten. Messages that are on their way keep theirs, and are found the next time.
 *
 * @returns how many were renamed; 0: nothing is left
 */
export async function indexCallers(db: Db, limit: number): Promise<number> {
  const found = await db.rows<{ id: string }>(sql`
    select id from (${SENDERS}) senders where site = ${db.site} and id ~ ${UNKEYED} limit ${limit}`);
  let renamed = 0;
  for (const { id } of found) {
    const index = await contactIndex(db, id.slice("phone:".length));
    if (index === null) return renamed;
    await db.transaction((tx) => rename(tx, id, `phone:k${index}`));
    renamed += 1;
  }
  return renamed;
}

async function rename(tx: Db, from: string, to: string): Promise<void> {
  const mine = sql`site = ${tx.site} and channel = 'api' and platform_user_id = ${from}`;
  const talk = { from: `private:${from}`, to: `private:${to}` };
  // Who was known by both names already is one person: the newer row stays.
  for (const table of ["residents", "contacts"]) {
    const name = sql.identifier(table);
    await tx.orm.execute(sql`
      delete from ${name} where ${mine} and exists (select 1 from ${name} o
        where o.site = ${tx.site} and o.channel = 'api' and o.platform_user_id = ${to})`);
    await tx.orm.execute(sql`update ${name} set platform_user_id = ${to} where ${mine}`);
  }
  await tx.orm.execute(sql`
    delete from event_reporters r where ${mine} and exists (select 1 from event_reporters o
      where o.site = r.site and o.event_no = r.event_no and o.channel = 'api' and o.platform_user_id = ${to})`);
  await tx.orm.execute(sql`
    update event_reporters set platform_user_id = ${to},
      conversation_id = case conversation_id when ${talk.from} then ${talk.to} else conversation_id end
    where ${mine}`);
  await tx.orm.execute(sql`
    update hotline_orders set platform_user_id = ${to}
    where site = ${tx.site} and platform_user_id = ${from}`);
  await tx.orm.execute(sql`
    update event_steps set actor = actor || jsonb_build_object('platformUserId', ${to}::text)
    where site = ${tx.site} and actor ->> 'channel' = 'api' and actor ->> 'platformUserId' = ${from}`);
  await tx.orm.execute(sql`
    update outbox set platform_user_id = case platform_user_id when ${from} then ${to} else platform_user_id end,
      conversation_id = case conversation_id when ${talk.from} then ${talk.to} else conversation_id end,
      address = replace(address, ${from}, ${to})
    where site = ${tx.site} and channel = 'api' and (platform_user_id = ${from} or conversation_id = ${talk.from})`);
  await tx.orm.execute(sql`
    update inbox set message = message || jsonb_build_object(
        'sender', (message -> 'sender') || jsonb_build_object('platformUserId', ${to}::text),
        'conversation', case when message -> 'conversation' ->> 'id' = ${talk.from}
          then (message -> 'conversation') || jsonb_build_object('id', ${talk.to}::text)
          else message -> 'conversation' end),
      lane = replace(lane, ${from}, ${to})
    where site = ${tx.site} and channel = 'api' and status = 'done'
      and message -> 'sender' ->> 'platformUserId' = ${from}`);
}
