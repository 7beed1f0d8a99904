import { and, eq, sql } from "drizzle-orm";
import type { IncomingMessage } from "../../services/domain/incoming.ts";
import type { Db } from "../client.ts";
import { inbox, type StoredMessage } from "../schema/index.ts";
import { newId } from "./ids.ts";

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
  const stored = await db.orm
    .insert(inbox)
    .values(
      messages.map(({ message, receivedAt }) => {
        const id = newId();
        return {
          site: db.site,
          id,
          channel: message.channel,
          dedupeKey: message.dedupeKey,
          lane: laneOf(message),
          message: sealed(db, id, message),
          receivedAt,
        };
      }),
    )
    .onConflictDoNothing({ target: [inbox.site, inbox.channel, inbox.dedupeKey] })
    .returning({ id: inbox.id, channel: inbox.channel, dedupeKey: inbox.dedupeKey });
  return new Map(stored.map((row) => [`${row.channel}|${row.dedupeKey}`, row.id]));
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
  const rows = await db.rows<{
    id: string;
    message: StoredMessage;
    received_at: Date | string;
    attempts: number;
  }>(sql`
    update inbox set lease_until = ${until(realNow, leaseMs)}::timestamptz, attempts = attempts + 1
    where site = ${db.site} and id in (
      select id from inbox m
      where m.site = ${db.site} and m.status = 'pending'
        and (m.lease_until is null or m.lease_until <= ${realNow.toISOString()}::timestamptz)
        and not exists (
          select 1 from inbox earlier
          where earlier.site = m.site and earlier.lane = m.lane
            and earlier.status = 'pending' and earlier.id < m.id)
      order by m.id
      limit ${limit}
      for update skip locked)
    returning id, message, received_at, attempts`);
  return rows
    .map((row) => ({
      id: row.id,
      message: revive(opened(db, row.id, row.message)),
      receivedAt: new Date(row.received_at),
      attempts: row.attempts,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

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
): Promise<void> {
  await db.orm
    .update(inbox)
    .set({ leaseUntil: at, error })
    .where(and(eq(inbox.site, db.site), eq(inbox.id, id), eq(inbox.status, "pending")));
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
