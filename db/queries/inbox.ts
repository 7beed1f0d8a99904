import { and, eq, sql } from "drizzle-orm";
import type { IncomingMessage } from "../../services/domain/incoming.ts";
import type { Db } from "../client.ts";
import { inbox, type StoredMessage } from "../schema/index.ts";
import { newId } from "./ids.ts";
import { leaseIsOver } from "./leases.ts";

export interface InboxRow {
  id: string;
  message: IncomingMessage;
  receivedAt: Date;
  attempts: number;
}

/** Messages of one lane are handled in order; a lane is one speaker in one conversation. */
export const laneOf = (message: IncomingMessage): string =>
  `${message.channel}|${message.conversation.id}|${message.sender.platformUserId}`;

/** Stores messages in one statement. Returns the ids of those that were new, by dedupe key. */
export async function insertMessages(
  db: Db,
  messages: readonly { message: IncomingMessage; receivedAt: Date }[],
): Promise<Map<string, string>> {
  const rows = messages.map((one) => ({ id: newId(), ...one }));
  const column = (read: (one: (typeof rows)[number]) => string) => sql.param(rows.map(read));
  // One array a column: the statement is the same text for one message and for two hundred.
  const stored = await db.rows<{ id: string; channel: string; dedupe_key: string }>(sql`
    insert into inbox (site, id, channel, dedupe_key, lane, message, received_at)
    select ${db.site}, id, channel, dedupe_key, lane, message::jsonb, received_at
    from unnest(
      ${column(({ id }) => id)}::uuid[],
      ${column(({ message }) => message.channel)}::text[],
      ${column(({ message }) => message.dedupeKey)}::text[],
      ${column(({ message }) => laneOf(message))}::text[],
      ${column(({ id, message }) => JSON.stringify(sealed(db, id, message)))}::text[],
      ${column(({ receivedAt }) => receivedAt.toISOString())}::timestamptz[]
    ) as fresh (id, channel, dedupe_key, lane, message, received_at)
    on conflict (site, channel, dedupe_key) do nothing
    returning id, channel, dedupe_key`);
  return new Map(stored.map((row) => [`${row.channel}|${row.dedupe_key}`, row.id]));
}

/**
 * Takes up to `limit` messages, each the oldest unhandled one of its lane, for `leaseMs`. Another
 * instance takes them over when the lease runs out.
 *
 * @param realNow - real time: leases do not follow the sandbox's clock
 */
export async function claimMessages(
  db: Db,
  realNow: Date,
  leaseMs: number,
  limit: number,
): Promise<InboxRow[]> {
  const rows = await db.rows<ClaimedRow>(sql`
    with free as materialized (
      select id from inbox m
      where m.site = ${db.site} and m.status = 'pending'
        and ${leaseIsOver(sql`m.lease_until`, realNow)}
        and not exists (
          select 1 from inbox earlier
          where earlier.site = m.site and earlier.lane = m.lane
            and earlier.status = 'pending' and earlier.id < m.id)
      order by m.id
      limit ${limit}
      for update skip locked)
    update inbox set lease_until = ${until(realNow, leaseMs)}::timestamptz, attempts = attempts + 1
    where site = ${db.site} and id in (select id from free)
    returning id, message, received_at, attempts`);
  return rows.map((row) => claimed(db, row)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

interface ClaimedRow extends Record<string, unknown> {
  id: string;
  message: StoredMessage;
  received_at: Date | string;
  attempts: number;
}

const claimed = (db: Db, row: ClaimedRow): InboxRow => ({
  id: row.id,
  message: revive(opened(db, row.id, row.message)),
  receivedAt: new Date(row.received_at),
  attempts: row.attempts,
});

/** How a message was dealt with. `keepWords: false` empties it: what is no report keeps no text. */
export interface Handled {
  kind: string;
  reading: unknown;
  keepWords: boolean;
}

/** Closes a message in the transaction of what it caused. False when somebody else already did. */
export async function markHandled(
  tx: Db,
  id: string,
  at: Date,
  handled: Handled,
): Promise<boolean> {
  const done = await tx.orm
    .update(inbox)
    .set({
      status: "done",
      handledAt: at,
      leaseUntil: null,
      kind: handled.kind,
      reading: handled.reading,
      ...(handled.keepWords
        ? {}
        : {
            message: sql`(${inbox.message} - 'raw') || '{"text":"","placeHint":null,"onBehalfOf":null}'::jsonb`,
          }),
    })
    .where(and(eq(inbox.site, tx.site), eq(inbox.id, id), eq(inbox.status, "pending")))
    .returning({ id: inbox.id });
  return done.length > 0;
}

/** Sets a message aside after too many failures; a person has been told. */
export async function markFailed(tx: Db, id: string, at: Date, error: string): Promise<void> {
  await tx.orm
    .update(inbox)
    .set({ status: "failed", handledAt: at, leaseUntil: null, error })
    .where(and(eq(inbox.site, tx.site), eq(inbox.id, id), eq(inbox.status, "pending")));
}

/** Gives a message back before its lease is over, to be tried again at `at` (real time). */
export async function releaseMessage(
  db: Db,
  id: string,
  at: Date,
  error: string | null,
  countsAsAttempt = true,
): Promise<void> {
  await db.orm
    .update(inbox)
    .set({
      leaseUntil: at,
      error,
      ...(countsAsAttempt ? {} : { attempts: sql`${inbox.attempts} - 1` }),
    })
    .where(and(eq(inbox.site, db.site), eq(inbox.id, id), eq(inbox.status, "pending")));
}

/** Lets a message wait until `at` (real time); this was no try. */
export async function holdMessage(db: Db, id: string, at: Date): Promise<void> {
  await db.orm
    .update(inbox)
    .set({ leaseUntil: at, attempts: sql`greatest(${inbox.attempts} - 1, 0)` })
    .where(and(eq(inbox.site, db.site), eq(inbox.id, id), eq(inbox.status, "pending")));
}

/** What the same speaker said there after a message and nobody handles, oldest first. */
export async function waitingBehind(
  db: Db,
  { id, message }: InboxRow,
  limit: number,
): Promise<{ id: string; text: string }[]> {
  return db.rows<{ id: string; text: string }>(sql`
    select id, coalesce(message->>'text', '') as text from inbox
    where site = ${db.site} and lane = ${laneOf(message)} and status = 'pending' and id > ${id}
    order by id limit ${limit}`);
}

/** Takes one message out of its turn; null where somebody has it. @param realNow - real time */
export async function claimMessage(
  db: Db,
  id: string,
  realNow: Date,
  leaseMs: number,
): Promise<InboxRow | null> {
  const [row] = await db.rows<ClaimedRow>(sql`
    update inbox set lease_until = ${until(realNow, leaseMs)}::timestamptz, attempts = attempts + 1
    where site = ${db.site} and id = ${id} and status = 'pending'
      and (lease_until is null or lease_until <= ${realNow.toISOString()}::timestamptz)
    returning id, message, received_at, attempts`);
  return row === undefined ? null : claimed(db, row);
}

export async function countPendingMessages(db: Db): Promise<number> {
  const [row] = await db.orm
    .select({ count: sql<number>`count(*)::int` })
    .from(inbox)
    .where(and(eq(inbox.site, db.site), eq(inbox.status, "pending")));
  return row?.count ?? 0;
}

const until = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();

/** jsonb keeps moments as text. */
function revive(message: IncomingMessage): IncomingMessage {
  return {
    ...message,
    sentAt: new Date(message.sentAt),
    reply:
      message.reply === null
        ? null
        : { ...message.reply, expiresAt: new Date(message.reply.expiresAt) },
  };
}

function sealed(db: Db, id: string, message: IncomingMessage): StoredMessage {
  if (message.onBehalfOf === null || db.contacts.keyId === null) return message;
  const clear = JSON.stringify(message.onBehalfOf);
  return { ...message, onBehalfOf: db.contacts.seal("inbox.on_behalf_of", id, clear) };
}

function opened(db: Db, id: string, message: StoredMessage): IncomingMessage {
  const { onBehalfOf } = message;
  if (typeof onBehalfOf !== "string") return { ...message, onBehalfOf };
  const clear = db.contacts.open("inbox.on_behalf_of", id, onBehalfOf);
  return { ...message, onBehalfOf: JSON.parse(clear) as IncomingMessage["onBehalfOf"] };
}
