import { and, asc, eq } from "drizzle-orm";
import type { EventStatus } from "../../services/domain/event.ts";
import type { Db } from "../client.ts";
import { eventReporters, events, type INBOX_STATUSES, inbox } from "../schema/index.ts";

/** The id of a message by what its channel calls it; null before it is stored. */
export async function reportIdOf(
  db: Db,
  channel: string,
  dedupeKey: string,
): Promise<string | null> {
  const [row] = await db.orm
    .select({ id: inbox.id })
    .from(inbox)
    .where(
      and(eq(inbox.site, db.site), eq(inbox.channel, channel), eq(inbox.dedupeKey, dedupeKey)),
    );
  return row?.id ?? null;
}

export async function findReport(
  db: Db,
  channel: string,
  id: string,
): Promise<{ status: (typeof INBOX_STATUSES)[number]; kind: string | null } | null> {
  const [row] = await db.orm
    .select({ status: inbox.status, kind: inbox.kind })
    .from(inbox)
    .where(and(eq(inbox.site, db.site), eq(inbox.id, id), eq(inbox.channel, channel)));
  return row ?? null;
}

/** Events that a message made or joined. */
export const eventsOfReport = (
  db: Db,
  messageId: string,
): Promise<{ no: string; status: EventStatus }[]> =>
  db.orm
    .select({ no: events.no, status: events.status })
    .from(eventReporters)
    .innerJoin(
      events,
      and(eq(events.site, eventReporters.site), eq(events.no, eventReporters.eventNo)),
    )
    .where(and(eq(eventReporters.site, db.site), eq(eventReporters.messageId, messageId)))
    .orderBy(asc(events.no));
