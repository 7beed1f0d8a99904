import { and, eq, sql } from "drizzle-orm";
import { ERASED } from "../../services/domain/erased.ts";
import type { NoticeBody } from "../../services/domain/notice.ts";
import type { Db } from "../client.ts";
import { outbox } from "../schema/index.ts";
import { newId } from "./ids.ts";
import { leaseIsOver } from "./leases.ts";

/** Where a message goes: into a conversation, or to one person in private. */
export interface Address {
  channel: string;
  conversationId: string | null;
  platformUserId: string | null;
}

export interface NewOutboxRow {
  key: string;
  to: Address;
  mentions?: readonly string[];
  priority: "emergency" | "direct" | "notice";
  reply?: { url: string; expiresAt: Date } | null;
  body: NoticeBody;
  notBefore?: Date | null;
  createdAt: Date;
}

export interface OutboxRow {
  id: string;
  key: string;
  address: string;
  to: Address;
  mentions: string[];
  priority: "emergency" | "direct" | "notice";
  reply: { url: string; expiresAt: Date } | null;
  body: NoticeBody;
  attempts: number;
}

export const addressKey = (to: Address): string =>
  `${to.channel}|${to.conversationId === null ? `person:${to.platformUserId}` : to.conversationId}`;

/** Writes what is to be said. A key that was written before is left as it is. */
export async function insertOutbox(tx: Db, rows: readonly NewOutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.orm
    .insert(outbox)
    .values(rows.map((row) => columnsOf(tx, row)))
    .onConflictDoNothing({ target: [outbox.site, outbox.key] });
}

/**
 * Writes digests, whose `params.items` is a list. One of the same key that still waits takes the items
 * in, so that several sweeps of one minute say one thing; one that is on its way is followed by another.
 */
export async function insertDigests(tx: Db, rows: readonly NewOutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  // Always in the same order: two sweeps that meet wait for each other and never in a circle.
  const sorted = [...rows].sort((a, b) => (a.key < b.key ? -1 : 1));
  const written = await tx.orm
    .insert(outbox)
    .values(sorted.map((row) => columnsOf(tx, row)))
    .onConflictDoUpdate({
      target: [outbox.site, outbox.key],
      set: {
        body: sql`jsonb_set(${outbox.body}, '{params,items}',
          (${outbox.body} #> '{params,items}') || (excluded.body #> '{params,items}'))`,
        priority: sql`case when excluded.priority = 'emergency' then 'emergency' else ${outbox.priority} end`,
      },
      setWhere: sql`${outbox.status} = 'pending' and ${outbox.attempts} = 0`,
    })
    .returning({ key: outbox.key });
  const keys = new Set(written.map((row) => row.key));
  await insertOutbox(
    tx,
    sorted
      .filter((row) => !keys.has(row.key))
      .map((row) => ({ ...row, key: `${row.key}:${newId()}` })),
  );
}

const columnsOf = (tx: Db, row: NewOutboxRow): typeof outbox.$inferInsert => ({
  site: tx.site,
  id: newId(),
  key: row.key,
  channel: row.to.channel,
  address: addressKey(row.to),
  conversationId: row.to.conversationId,
  platformUserId: row.to.platformUserId,
  mentions: [...(row.mentions ?? [])],
  priority: row.priority,
  reply: row.reply ? { url: row.reply.url, expiresAt: row.reply.expiresAt.toISOString() } : null,
  body: row.body,
  notBefore: row.notBefore ?? null,
  createdAt: row.createdAt,
});

interface ClaimedRow {
  id: string;
  key: string;
  address: string;
  channel: string;
  conversation_id: string | null;
  platform_user_id: string | null;
  mentions: string[];
  priority: OutboxRow["priority"];
  reply: { url: string; expiresAt: string } | null;
  body: NoticeBody;
  attempts: number;
}

/**
 * Takes what is due for `leaseMs`, emergencies first. An address with a message under way waits, so that
 * its messages stay in order.
 *
 * @param channels - the channels this process can send on
 */
export async function claimOutbox(
  db: Db,
  channels: readonly string[],
  realNow: Date,
  productNow: Date,
  leaseMs: number,
  limit: number,
): Promise<OutboxRow[]> {
  if (channels.length === 0) return [];
  const rows = await db.rows<ClaimedRow>(sql`
    with free as materialized (
      select id from outbox o
      where o.site = ${db.site} and o.status = 'pending'
        and o.channel in (${sql.join(
          channels.map((channel) => sql`${channel}`),
          sql`, `,
        )})
        and ${leaseIsOver(sql`o.lease_until`, realNow)}
        and (o.next_try_at is null or o.next_try_at <= ${realNow.toISOString()}::timestamptz)
        and (o.not_before is null or o.not_before <= ${productNow.toISOString()}::timestamptz)
        and not exists (
          select 1 from outbox earlier
          where earlier.site = o.site and earlier.address = o.address and earlier.status = 'pending'
            and earlier.id < o.id and not ${leaseIsOver(sql`earlier.lease_until`, realNow)})
      order by case o.priority when 'emergency' then 0 when 'direct' then 1 else 2 end, o.id
      limit ${limit}
      for update skip locked)
    update outbox set lease_until = ${new Date(realNow.getTime() + leaseMs).toISOString()}::timestamptz, attempts = attempts + 1
    where site = ${db.site} and id in (select id from free)
    returning id, key, address, channel, conversation_id, platform_user_id, mentions, priority, reply, body, attempts`);
  return rows
    .map((row) => ({
      id: row.id,
      key: row.key,
      address: row.address,
      to: {
        channel: row.channel,
        conversationId: row.conversation_id,
        platformUserId: row.platform_user_id,
      },
      mentions: row.mentions,
      priority: row.priority,
      reply:
        row.reply === null
          ? null
          : { url: row.reply.url, expiresAt: new Date(row.reply.expiresAt) },
      body: row.body,
      attempts: row.attempts,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Goes on holding a claimed row that waited for its turn. @returns false when another instance took it over
 * meanwhile
 */
export async function renewLease(
  db: Db,
  { id, attempts }: Pick<OutboxRow, "id" | "attempts">,
  until: Date,
): Promise<boolean> {
  const held = await db.orm
    .update(outbox)
    .set({ leaseUntil: until })
    .where(
      and(
        eq(outbox.site, db.site),
        eq(outbox.id, id),
        eq(outbox.status, "pending"),
        eq(outbox.attempts, attempts),
      ),
    )
    .returning({ id: outbox.id });
  return held.length > 0;
}

/** @returns false where it is written down already */
export async function markSent(
  tx: Db,
  row: Pick<OutboxRow, "id" | "body">,
  at: Date,
  platformMessageId: string | null,
): Promise<boolean> {
  const marked = await tx.orm
    .update(outbox)
    .set({
      ...(row.body.secret ? { body: { kind: "text", params: { text: "" } } } : {}),
      ...(row.body.forgetReceiver
        ? { platformUserId: ERASED, address: ERASED, mentions: [], reply: null }
        : {}),
      status: "sent",
      sentAt: at,
      leaseUntil: null,
      platformMessageId,
      lastError: null,
    })
    .where(and(eq(outbox.site, tx.site), eq(outbox.id, row.id), eq(outbox.status, "pending")))
    .returning({ id: outbox.id });
  return marked.length > 0;
}

/** @param retryAt - real time */
export async function markRetry(
  db: Db,
  id: string,
  retryAt: Date,
  reason: string,
  countsAsAttempt: boolean,
): Promise<void> {
  await db.orm
    .update(outbox)
    .set({
      leaseUntil: null,
      nextTryAt: retryAt,
      lastError: reason,
      ...(countsAsAttempt ? {} : { attempts: sql`${outbox.attempts} - 1` }),
    })
    .where(and(eq(outbox.site, db.site), eq(outbox.id, id)));
}

export async function markUndeliverable(tx: Db, id: string, reason: string): Promise<void> {
  await tx.orm
    .update(outbox)
    .set({ status: "failed", leaseUntil: null, lastError: reason })
    .where(and(eq(outbox.site, tx.site), eq(outbox.id, id)));
}

/** A message that is not to go out before a moment of product time, although it was claimed. */
export async function holdOutbox(tx: Db, id: string, notBefore: Date): Promise<void> {
  await tx.orm
    .update(outbox)
    .set({ leaseUntil: null, notBefore, attempts: sql`${outbox.attempts} - 1` })
    .where(and(eq(outbox.site, tx.site), eq(outbox.id, id)));
}

/** A claimed message that has become idle. */
export async function dropClaimed(tx: Db, id: string): Promise<void> {
  await tx.orm
    .update(outbox)
    .set({ status: "dropped", leaseUntil: null })
    .where(and(eq(outbox.site, tx.site), eq(outbox.id, id)));
}

/** What is really said, where it turned out to be less than was written. */
export async function rewordOutbox(tx: Db, id: string, body: NoticeBody): Promise<void> {
  await tx.orm
    .update(outbox)
    .set({ body })
    .where(and(eq(outbox.site, tx.site), eq(outbox.id, id)));
}

/** How long the oldest message that could have gone out has been waiting, in seconds; 0 when none waits. */
export async function oldestOutboxAge(db: Db, productNow: Date): Promise<number> {
  const [row] = await db.rows<{ seconds: number | string | null }>(sql`
    select extract(epoch from ${productNow.toISOString()}::timestamptz - min(created_at)) as seconds
    from outbox where site = ${db.site} and status = 'pending'
      and (not_before is null or not_before <= ${productNow.toISOString()}::timestamptz)`);
  return Math.max(0, Math.round(Number(row?.seconds ?? 0)));
}

export async function countPendingOutbox(db: Db, productNow: Date): Promise<number> {
  const [row] = await db.rows<{ count: number }>(sql`
    select count(*)::int as count from outbox where site = ${db.site} and status = 'pending'
      and (not_before is null or not_before <= ${productNow.toISOString()}::timestamptz)`);
  return row?.count ?? 0;
}

/** Takes back what was written but is no longer wanted. */
export async function dropOutbox(tx: Db, key: string): Promise<void> {
  await tx.orm
    .update(outbox)
    .set({ status: "dropped" })
    .where(and(eq(outbox.site, tx.site), eq(outbox.key, key), eq(outbox.status, "pending")));
}
