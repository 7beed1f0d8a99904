import { and, asc, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { WebhookSubject } from "../../services/domain/webhook.ts";
import type { Db } from "../client.ts";
import { webhookDeliveries, webhooks } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type Webhook = typeof webhooks.$inferSelect;
export type WebhookDelivery = typeof webhookDeliveries.$inferSelect;

export interface Change {
  subjectType: WebhookSubject;
  subjectNo: string;
  action: string;
  status: string;
  at: Date;
}

/** Sets down for every system that wants to know of it; complaints about people go nowhere. */
export async function queueWebhooks(tx: Db, change: Change): Promise<void> {
  const { subjectType, subjectNo, action, status, at } = change;
  const wanted = await tx.orm
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(
      and(
        eq(webhooks.site, tx.site),
        eq(webhooks.active, true),
        sql`${subjectType} = any(${webhooks.subjects})`,
        sql`not exists (select 1 from events e
          where e.site = ${tx.site} and e.no = ${subjectNo} and e.confidential)`,
      ),
    );
  if (wanted.length === 0) return;
  await tx.orm.insert(webhookDeliveries).values(
    wanted.map(({ id }) => ({
      site: tx.site,
      id: newId(),
      webhookId: id,
      subjectType,
      subjectNo,
      action,
      status,
      at,
    })),
  );
}

export async function insertWebhook(
  tx: Db,
  webhook: Pick<Webhook, "url" | "secret" | "subjects" | "createdAt">,
): Promise<string> {
  const id = newId();
  await tx.orm.insert(webhooks).values({ ...webhook, site: tx.site, id });
  return id;
}

/** Whether such a system is told of changes. */
export async function findWebhook(db: Db, id: string): Promise<boolean> {
  const rows = await db.orm
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(and(eq(webhooks.site, db.site), eq(webhooks.id, id), eq(webhooks.active, true)));
  return rows.length > 0;
}

export interface WebhookTally extends Pick<Webhook, "id" | "url" | "subjects" | "createdAt"> {
  waiting: number;
  failed: number;
  lastSentAt: Date | null;
}

/** Those that are told, with what waits for them. */
export async function listWebhooks(db: Db): Promise<WebhookTally[]> {
  const count = (state: string) => sql<number>`(select count(*)::int from webhook_deliveries d
    where d.site = ${webhooks.site} and d.webhook_id = ${webhooks.id} and d.state = ${state})`;
  const rows = await db.orm
    .select({
      id: webhooks.id,
      url: webhooks.url,
      subjects: webhooks.subjects,
      createdAt: webhooks.createdAt,
      waiting: count("waiting"),
      failed: count("failed"),
      lastSentAt: sql<string | Date | null>`(select max(d.sent_at) from webhook_deliveries d
        where d.site = ${webhooks.site} and d.webhook_id = ${webhooks.id})`,
    })
    .from(webhooks)
    .where(and(eq(webhooks.site, db.site), eq(webhooks.active, true)))
    .orderBy(asc(webhooks.id));
  return rows.map((row) => ({
    ...row,
    lastSentAt: row.lastSentAt === null ? null : new Date(row.lastSentAt),
  }));
}

/** Nothing more is told; what waits is let go. @returns whether there was such a system */
export async function endWebhook(tx: Db, id: string): Promise<boolean> {
  const ended = await tx.orm
    .update(webhooks)
    .set({ active: false })
    .where(and(eq(webhooks.site, tx.site), eq(webhooks.id, id), eq(webhooks.active, true)))
    .returning({ id: webhooks.id });
  if (ended.length === 0) return false;
  await tx.orm
    .delete(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.site, tx.site),
        eq(webhookDeliveries.webhookId, id),
        eq(webhookDeliveries.state, "waiting"),
      ),
    );
  return true;
}

export type ClaimedDelivery = WebhookDelivery & Pick<Webhook, "url" | "secret">;

/**
 * Takes deliveries that are due for a while, of each subject only the oldest that waits: what comes later
 * is told later.
 *
 * @param realNow - real time: leases do not follow the sandbox's clock
 */
export async function claimDeliveries(
  db: Db,
  realNow: Date,
  until: Date,
  limit: number,
): Promise<ClaimedDelivery[]> {
  const rows = await db.rows<{ id: string }>(sql`
    with due as materialized (
      select d.id from webhook_deliveries d
      where d.site = ${db.site} and d.state = 'waiting'
        and (d.next_try_at is null or d.next_try_at <= ${realNow.toISOString()}::timestamptz)
        and not exists (select 1 from webhook_deliveries earlier
          where earlier.site = d.site and earlier.webhook_id = d.webhook_id
            and earlier.subject_no = d.subject_no and earlier.state = 'waiting' and earlier.id < d.id)
      order by d.id limit ${limit} for update skip locked)
    update webhook_deliveries d
    set next_try_at = ${until.toISOString()}::timestamptz, attempts = d.attempts + 1
    from due where d.site = ${db.site} and d.id = due.id
    returning d.id`);
  if (rows.length === 0) return [];
  const claimed = await db.orm
    .select({ delivery: webhookDeliveries, url: webhooks.url, secret: webhooks.secret })
    .from(webhookDeliveries)
    .innerJoin(
      webhooks,
      and(eq(webhooks.site, webhookDeliveries.site), eq(webhooks.id, webhookDeliveries.webhookId)),
    )
    .where(
      and(
        eq(webhookDeliveries.site, db.site),
        inArray(
          webhookDeliveries.id,
          rows.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(asc(webhookDeliveries.id));
  return claimed.map(({ delivery, url, secret }) => ({ ...delivery, url, secret }));
}

/** Writes how a try ended, unless another instance took it over meanwhile. */
export async function settleDelivery(
  db: Db,
  { id, attempts }: Pick<WebhookDelivery, "id" | "attempts">,
  outcome: Partial<Pick<WebhookDelivery, "state" | "nextTryAt" | "problem" | "sentAt">>,
): Promise<void> {
  await db.orm
    .update(webhookDeliveries)
    .set(outcome)
    .where(
      and(
        eq(webhookDeliveries.site, db.site),
        eq(webhookDeliveries.id, id),
        eq(webhookDeliveries.attempts, attempts),
      ),
    );
}

/** Tells everything since a moment once more, in the old order and under the old ids. */
export async function replayDeliveries(tx: Db, webhookId: string, since: Date): Promise<number> {
  const again = await tx.orm
    .update(webhookDeliveries)
    .set({ state: "waiting", attempts: 0, nextTryAt: null, problem: null })
    .where(
      and(
        eq(webhookDeliveries.site, tx.site),
        eq(webhookDeliveries.webhookId, webhookId),
        gte(webhookDeliveries.at, since),
      ),
    )
    .returning({ id: webhookDeliveries.id });
  return again.length;
}

/** The newest deliveries of a system. */
export const latestDeliveries = (
  db: Db,
  webhookId: string,
  limit: number,
): Promise<WebhookDelivery[]> =>
  db.orm
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.site, db.site), eq(webhookDeliveries.webhookId, webhookId)))
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit);

export async function deleteOldDeliveries(db: Db, before: Date): Promise<number> {
  const gone = await db.orm
    .delete(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.site, db.site),
        inArray(webhookDeliveries.state, ["sent", "failed"]),
        lt(webhookDeliveries.at, before),
      ),
    )
    .returning({ id: webhookDeliveries.id });
  return gone.length;
}
