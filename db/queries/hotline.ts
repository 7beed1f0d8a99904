import { and, asc, desc, eq, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import type { HotlineLine, HotlineRef } from "../../services/domain/hotline/line.ts";
import { type HotlineMapping, hotlineMapping } from "../../services/domain/hotline/mapping.ts";
import type { OrderScope } from "../../services/domain/hotline/rights.ts";
import type { Db } from "../client.ts";
import {
  type HotlineContact,
  hotlineMappings,
  hotlineOrders,
  hotlineUpdates,
} from "../schema/index.ts";
import { newId } from "./ids.ts";

type StoredOrder = typeof hotlineOrders.$inferSelect;
export type HotlineOrderRow = Omit<StoredOrder, "contact"> & { contact: HotlineContact | null };
export type HotlineUpdateRow = typeof hotlineUpdates.$inferSelect;

/** How a line speaks in this district. */
export async function readHotlineMapping(db: Db, line: HotlineLine): Promise<HotlineMapping> {
  const rows = await db.orm
    .select({
      line: hotlineMappings.line,
      kind: hotlineMappings.kind,
      theirs: hotlineMappings.theirs,
      ours: hotlineMappings.ours,
    })
    .from(hotlineMappings)
    .where(
      and(
        eq(hotlineMappings.site, db.site),
        eq(hotlineMappings.line, line),
        eq(hotlineMappings.active, true),
      ),
    )
    .orderBy(asc(hotlineMappings.theirs));
  return hotlineMapping(line, rows);
}

/** Writes an order that nobody knows yet; false where it is there. */
export async function insertHotlineOrder(
  tx: Db,
  order: Omit<typeof hotlineOrders.$inferInsert, "site" | "contact"> & {
    contact: HotlineContact | null;
  },
): Promise<boolean> {
  const added = await tx.orm
    .insert(hotlineOrders)
    .values({ ...order, site: tx.site, contact: sealedContact(tx, order, order.contact) })
    .onConflictDoNothing()
    .returning({ no: hotlineOrders.no });
  return added.length > 0;
}

/** @param lock - hold the row, so that two versions of an order are looked at one after the other */
export async function findHotlineOrder(
  db: Db,
  { line, no }: HotlineRef,
  lock: "lock" | "read" = "read",
): Promise<HotlineOrderRow | null> {
  const query = db.orm.select().from(hotlineOrders).where(isOrder(db, { line, no }));
  const [row] = lock === "lock" ? await query.for("update") : await query;
  return row === undefined ? null : opened(db, row);
}

export async function changeHotlineOrder(
  tx: Db,
  ref: HotlineRef,
  changed: Partial<Omit<HotlineOrderRow, "site" | "line" | "no" | "contact">>,
): Promise<void> {
  await tx.orm.update(hotlineOrders).set(changed).where(isOrder(tx, ref));
}

/** The orders that events were made of, or that were merged into them. */
export async function ordersOfEvents(db: Db, nos: readonly string[]): Promise<HotlineOrderRow[]> {
  if (nos.length === 0) return [];
  const rows = await db.orm
    .select()
    .from(hotlineOrders)
    .where(and(eq(hotlineOrders.site, db.site), inArray(hotlineOrders.eventNo, [...nos])))
    .orderBy(asc(hotlineOrders.receivedAt), asc(hotlineOrders.no));
  return rows.map((row) => opened(db, row));
}

/** Numbers of events by what the hotlines call them; of all lines where none is named. */
export async function eventsOfOrderNos(
  db: Db,
  nos: readonly string[],
  line: HotlineLine | null,
): Promise<{ no: string; eventNo: string }[]> {
  if (nos.length === 0) return [];
  const rows = await db.orm
    .select({ no: hotlineOrders.no, eventNo: hotlineOrders.eventNo })
    .from(hotlineOrders)
    .where(
      and(
        eq(hotlineOrders.site, db.site),
        inArray(hotlineOrders.no, [...nos]),
        line === null ? undefined : eq(hotlineOrders.line, line),
      ),
    );
  return rows.flatMap(({ no, eventNo }) => (eventNo === null ? [] : [{ no, eventNo }]));
}

/** The orders of an event follow it into the one it was merged into. */
export async function moveOrders(tx: Db, from: string, into: string): Promise<void> {
  await tx.orm
    .update(hotlineOrders)
    .set({ eventNo: into, endedAt: null })
    .where(and(eq(hotlineOrders.site, tx.site), eq(hotlineOrders.eventNo, from)));
}

/** Keeps a version of an order; false where this very version came before. */
export async function insertHotlineUpdate(
  tx: Db,
  update: Omit<typeof hotlineUpdates.$inferInsert, "site" | "id">,
): Promise<string | null> {
  const [added] = await tx.orm
    .insert(hotlineUpdates)
    .values({ ...update, site: tx.site, id: newId() })
    .onConflictDoNothing()
    .returning({ id: hotlineUpdates.id });
  return added?.id ?? null;
}

export async function settleHotlineUpdate(
  tx: Db,
  id: string,
  outcome: Pick<HotlineUpdateRow, "outcome" | "reason">,
): Promise<void> {
  await tx.orm
    .update(hotlineUpdates)
    .set(outcome)
    .where(and(eq(hotlineUpdates.site, tx.site), eq(hotlineUpdates.id, id)));
}

/** Every version of an order, in the order they came. */
export const updatesOfOrder = (db: Db, { line, no }: HotlineRef): Promise<HotlineUpdateRow[]> =>
  db.orm
    .select()
    .from(hotlineUpdates)
    .where(
      and(
        eq(hotlineUpdates.site, db.site),
        eq(hotlineUpdates.line, line),
        eq(hotlineUpdates.orderNo, no),
      ),
    )
    .orderBy(asc(hotlineUpdates.id));

export interface OrderPosition {
  receivedAt: Date;
  no: string;
}

/** Orders of a line that somebody may read, the newest first. */
export async function listHotlineOrders(
  db: Db,
  line: HotlineLine,
  filter: { scope: OrderScope; q?: string | undefined; kept?: boolean | undefined },
  after: OrderPosition | null,
  limit: number,
): Promise<HotlineOrderRow[]> {
  const rows = await db.orm
    .select()
    .from(hotlineOrders)
    .where(
      and(
        eq(hotlineOrders.site, db.site),
        eq(hotlineOrders.line, line),
        filter.scope === "everything" ? undefined : ofStreet(filter.scope.street),
        filter.q === undefined
          ? undefined
          : sql`${hotlineOrders.no} ilike ${`%${filter.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`,
        filter.kept ? hasKept : undefined,
        after === null
          ? undefined
          : or(
              lt(hotlineOrders.receivedAt, after.receivedAt),
              and(eq(hotlineOrders.receivedAt, after.receivedAt), lt(hotlineOrders.no, after.no)),
            ),
      ),
    )
    .orderBy(desc(hotlineOrders.receivedAt), desc(hotlineOrders.no))
    .limit(limit);
  return rows.map((row) => opened(db, row));
}

/** What nobody could place yet may be looked at by any street. */
const ofStreet = (code: string | null): SQL => sql`exists (select 1 from events e
  where e.site = ${hotlineOrders.site} and e.no = ${hotlineOrders.eventNo}
    and (e.street_code = ${code} or e.street_code is null))`;

const hasKept = sql`exists (select 1 from hotline_updates u where u.site = ${hotlineOrders.site}
  and u.line = ${hotlineOrders.line} and u.order_no = ${hotlineOrders.no} and u.outcome = 'kept')`;

/** Orders that have waited for their event since before a moment, and answers that were given up. */
export async function hotlineTroubles(
  db: Db,
  before: Date,
): Promise<{ waiting: number; failed: number; aside: number }> {
  const [found] = await db.rows<{ waiting: number; failed: number; aside: number }>(sql`
    select (select count(*)::int from hotline_orders where site = ${db.site} and event_no is null
        and received_at < ${before.toISOString()}::timestamptz) as waiting,
      (select count(*)::int from hotline_answers where site = ${db.site} and send_state = 'failed') as failed,
      (select count(*)::int from hotline_mails where site = ${db.site} and outcome = 'aside') as aside`);
  return found ?? { waiting: 0, failed: 0, aside: 0 };
}

const isOrder = (db: Db, { line, no }: HotlineRef): SQL | undefined =>
  and(eq(hotlineOrders.site, db.site), eq(hotlineOrders.line, line), eq(hotlineOrders.no, no));

const rowOf = ({ line, no }: HotlineRef): string => `${line}/${no}`;

/** Number and name are one value: which of them is known is nobody's business either. */
const sealedContact = (db: Db, ref: HotlineRef, contact: HotlineContact | null) =>
  contact === null || db.contacts.keyId === null
    ? contact
    : db.contacts.seal("hotline_orders.contact", rowOf(ref), JSON.stringify(contact));

function opened(db: Db, row: StoredOrder): HotlineOrderRow {
  const { contact } = row;
  if (typeof contact !== "string") return { ...row, contact };
  const clear = db.contacts.open("hotline_orders.contact", rowOf(row), contact);
  return { ...row, contact: JSON.parse(clear) as HotlineContact };
}
