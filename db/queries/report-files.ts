import { and, asc, desc, eq, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { reportFiles } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type ReportFileRow = typeof reportFiles.$inferSelect;
export type NewReportFile = Pick<
  ReportFileRow,
  "kind" | "format" | "from" | "to" | "orgCode" | "askedBy" | "personId" | "createdAt"
>;

/** @returns its id */
export async function insertReportFile(tx: Db, asked: NewReportFile): Promise<string> {
  const id = newId();
  await tx.orm.insert(reportFiles).values({ ...asked, site: tx.site, id });
  return id;
}

export async function findReportFile(db: Db, id: string): Promise<ReportFileRow | null> {
  const [row] = await db.orm
    .select()
    .from(reportFiles)
    .where(and(eq(reportFiles.site, db.site), eq(reportFiles.id, id)));
  return row ?? null;
}

/** Newest first. @param personId - only of this person; null: of everybody. @param beforeId - older than this one */
export const listReportFiles = (
  db: Db,
  personId: string | null,
  beforeId: string | null,
  limit: number,
): Promise<ReportFileRow[]> =>
  db.orm
    .select()
    .from(reportFiles)
    .where(
      and(
        eq(reportFiles.site, db.site),
        personId === null ? undefined : eq(reportFiles.personId, personId),
        beforeId === null ? undefined : lt(reportFiles.id, beforeId),
      ),
    )
    .orderBy(desc(reportFiles.id))
    .limit(limit);

/** How many reports of somebody wait to be rendered. */
export async function countWaitingReports(db: Db, personId: string | null): Promise<number> {
  const [found] = await db.rows<{ n: number }>(sql`
    select count(*)::int as n from report_files
    where site = ${db.site} and state = 'waiting' and person_id is not distinct from ${personId}`);
  return found?.n ?? 0;
}

/**
 * Takes the oldest report that waits and that nobody renders, until a moment of real time. One whose
 * renderer died is taken up again when its lease is over. Null where nothing is to be done.
 */
export async function claimReportFile(
  db: Db,
  realNow: Date,
  until: Date,
): Promise<ReportFileRow | null> {
  const free = and(
    eq(reportFiles.site, db.site),
    eq(reportFiles.state, "waiting"),
    or(isNull(reportFiles.leaseUntil), lte(reportFiles.leaseUntil, realNow)),
  );
  const [claimed] = await db.orm
    .update(reportFiles)
    .set({ leaseUntil: until, progress: 0, attempts: sql`${reportFiles.attempts} + 1` })
    .where(
      and(
        free,
        // With `in` the planner may ask again for each row, and every answer is another one.
        sql`${reportFiles.id} = (${db.orm
          .select({ id: reportFiles.id })
          .from(reportFiles)
          .where(free)
          .orderBy(asc(reportFiles.id))
          .limit(1)
          .for("update", { skipLocked: true })})`,
      ),
    )
    .returning();
  return claimed ?? null;
}

/** Writes how far a report is, or how it ended, unless another instance took it over meanwhile. */
export async function settleReportFile(
  db: Db,
  { id, attempts }: Pick<ReportFileRow, "id" | "attempts">,
  outcome: Partial<
    Pick<
      ReportFileRow,
      "state" | "progress" | "leaseUntil" | "bytes" | "problem" | "finishedAt" | "expiresAt"
    >
  >,
): Promise<boolean> {
  const written = await db.orm
    .update(reportFiles)
    .set(outcome)
    .where(
      and(
        eq(reportFiles.site, db.site),
        eq(reportFiles.id, id),
        eq(reportFiles.attempts, attempts),
        eq(reportFiles.state, "waiting"),
      ),
    )
    .returning({ id: reportFiles.id });
  return written.length > 0;
}

/** Reports whose time is over, marked so; their files are to be removed. */
export const expireReportFiles = (
  tx: Db,
  now: Date,
): Promise<Pick<ReportFileRow, "id" | "format">[]> =>
  tx.orm
    .update(reportFiles)
    .set({ state: "expired" })
    .where(
      and(
        eq(reportFiles.site, tx.site),
        eq(reportFiles.state, "ready"),
        lte(reportFiles.expiresAt, now),
      ),
    )
    .returning({ id: reportFiles.id, format: reportFiles.format });
