import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { audit } from "../schema/index.ts";

export type AuditRow = typeof audit.$inferSelect;

export interface AuditFilter {
  /** number of an event or a call ticket, id of another kind of subject */
  no?: string | undefined;
  /** id of a person */
  actor?: string | undefined;
  action?: string | undefined;
  outcome?: AuditRow["outcome"] | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** The trail, newest entry first. @param beforeId - only entries written before this one */
export const listAudit = (
  db: Db,
  filter: AuditFilter,
  beforeId: string | null,
  limit: number,
): Promise<AuditRow[]> =>
  db.orm
    .select()
    .from(audit)
    .where(
      and(
        eq(audit.site, db.site),
        beforeId === null ? undefined : lt(audit.id, beforeId),
        filter.no === undefined ? undefined : eq(audit.subjectNo, filter.no),
        filter.actor === undefined ? undefined : sql`${audit.actor}->>'personId' = ${filter.actor}`,
        filter.action === undefined ? undefined : eq(audit.action, filter.action),
        filter.outcome && eq(audit.outcome, filter.outcome),
        filter.from && gte(audit.at, filter.from),
        filter.to && lt(audit.at, filter.to),
      ),
    )
    .orderBy(desc(audit.id))
    .limit(limit);
