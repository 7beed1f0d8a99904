import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

const EMPTY = JSON.stringify({ kind: "text", params: { text: "" } });

/**
 * Empties what was said before `before`: messages that were dealt with lose their words and sender,
 * messages that were sent lose their text, dialogs that nobody went on with end. Events keep the words
 * that belong to them.
 *
 * @returns how many rows of each were emptied
 */
export async function emptyOldMessages(
  db: Db,
  before: Date,
  limit: number,
): Promise<{ incoming: number; outgoing: number }> {
  const moment = before.toISOString();
  const incoming = await db.rows(sql`
    update inbox set message = (message - 'raw') || jsonb_build_object('text', '', 'placeHint', null, 'onBehalfOf', null,
      'sender', jsonb_build_object('platformUserId', 'retired', 'nick', null)), reading = null, lane = 'retired'
    where site = ${db.site} and id in (
      select id from inbox where site = ${db.site} and status = 'done' and lane <> 'retired'
        and received_at < ${moment}::timestamptz order by id limit ${limit})
    returning id`);
  const outgoing = await db.rows(sql`
    update outbox set body = ${EMPTY}::jsonb, reply = null
    where site = ${db.site} and id in (
      select id from outbox where site = ${db.site} and status <> 'pending' and body <> ${EMPTY}::jsonb
        and created_at < ${moment}::timestamptz order by id limit ${limit})
    returning id`);
  await db.rows(sql`
    delete from dialog_states where site = ${db.site} and updated_at < ${moment}::timestamptz`);
  return { incoming: incoming.length, outgoing: outgoing.length };
}
