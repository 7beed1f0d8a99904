import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { classifiers } from "../schema/index.ts";

type Row = typeof classifiers.$inferSelect;
export type Classifier = Omit<Row, "site">;
/** Without the weights, which are megabytes. */
export type ClassifierEntry = Omit<Classifier, "model">;

const entry = {
  version: classifiers.version,
  trainedAt: classifiers.trainedAt,
  trust: classifiers.trust,
  report: classifiers.report,
  inUse: classifiers.inUse,
};

/** Newest first. */
export const listClassifiers = (db: Db): Promise<ClassifierEntry[]> =>
  db.orm
    .select(entry)
    .from(classifiers)
    .where(eq(classifiers.site, db.site))
    .orderBy(desc(classifiers.version));

export async function classifierInUse(db: Db): Promise<Classifier | null> {
  const [row] = await db.orm
    .select({ ...entry, model: classifiers.model })
    .from(classifiers)
    .where(and(eq(classifiers.site, db.site), eq(classifiers.inUse, true)));
  return row ?? null;
}

export async function findClassifier(db: Db, version: number): Promise<Classifier | null> {
  const [row] = await db.orm
    .select({ ...entry, model: classifiers.model })
    .from(classifiers)
    .where(and(eq(classifiers.site, db.site), eq(classifiers.version, version)));
  return row ?? null;
}

/** Asked every few seconds by every instance, so without the weights. */
export async function classifierEntryInUse(db: Db): Promise<ClassifierEntry | null> {
  const [row] = await db.orm
    .select(entry)
    .from(classifiers)
    .where(and(eq(classifiers.site, db.site), eq(classifiers.inUse, true)));
  return row ?? null;
}

/** @returns the version it was given, one above the last */
export async function insertClassifier(
  tx: Db,
  trained: Omit<Classifier, "version" | "inUse">,
): Promise<number> {
  const [last] = await listClassifiers(tx);
  const version = (last?.version ?? 0) + 1;
  await tx.orm.insert(classifiers).values({ ...trained, version, site: tx.site });
  return version;
}

/** @param version - null: none is in use any more */
export async function useClassifier(tx: Db, version: number | null): Promise<void> {
  const own = eq(classifiers.site, tx.site);
  await tx.orm
    .update(classifiers)
    .set({ inUse: false })
    .where(and(own, eq(classifiers.inUse, true)));
  if (version === null) return;
  await tx.orm
    .update(classifiers)
    .set({ inUse: true })
    .where(and(own, eq(classifiers.version, version)));
}

/**
 * The newest `most` events whose category people settled on: accepted by a person, or closed. What a
 * message told among other problems is known by its summary alone.
 */
export const settledEvents = (db: Db, most: number): Promise<{ text: string; label: string }[]> =>
  db.rows(sql`
    select case when alone.n > 1 then e.summary else e.words end as text, e.category as label
    from events e
    join categories c on c.site = e.site and c.slug = e.category and c.active
    left join lateral (
      select count(*) as n from events o where o.site = e.site and o.message_id = e.message_id
    ) alone on true
    where e.site = ${db.site} and e.words <> '' and (
      e.status in ('verified', 'closed', 'archived')
      or (e.status in ('accepted', 'assigned', 'handling', 'completed', 'escalated', 'consulting')
        and exists (select 1 from event_steps s where s.site = e.site and s.event_no = e.no
          and s.action = 'accept' and s.actor ->> 'personId' is not null))
    )
    order by e.created_at desc, e.no desc
    limit ${most}`);
