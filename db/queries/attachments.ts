import { and, eq, isNull, sql } from "drizzle-orm";
import type { Attachment } from "../../services/domain/incoming.ts";
import type { Db } from "../client.ts";
import { attachments } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type AttachmentRow = typeof attachments.$inferSelect;

export async function insertAttachments(
  tx: Db,
  messageId: string,
  eventNo: string | null,
  channel: string,
  carried: readonly Attachment[],
  at: Date,
): Promise<void> {
  if (carried.length === 0) return;
  await tx.orm.insert(attachments).values(
    carried.map((attachment) => ({
      site: tx.site,
      id: newId(),
      messageId,
      eventNo,
      kind: attachment.kind,
      channel,
      ref: attachment.ref,
      fileName: attachment.fileName,
      transcript: attachment.transcript,
      createdAt: at,
    })),
  );
}

/** Messages of a lane since a moment whose pictures belong to no event yet, oldest first. */
export async function unattachedMessages(db: Db, lane: string, since: Date): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select distinct m.id from inbox m join attachments a on a.site = m.site and a.message_id = m.id
    where m.site = ${db.site} and m.lane = ${lane} and m.kind = 'mediaOnly' and a.event_no is null
      and m.received_at >= ${since.toISOString()}::timestamptz
    order by m.id`);
  return rows.map((row) => row.id);
}

/**
 * The one event that the lane's latest words since a moment were about; null when they were about
 * none, about several, or only asked.
 *
 * @param notFrom - kinds of message that touch no event although they name one
 */
export async function eventJustTold(
  db: Db,
  lane: string,
  since: Date,
  notFrom: readonly string[],
): Promise<string | null> {
  const [last] = await db.rows<{ no: string | null }>(sql`
    select case when jsonb_array_length(m.reading -> 'eventNos') = 1 then m.reading -> 'eventNos' ->> 0 end as no
    from inbox m
    where m.site = ${db.site} and m.lane = ${lane} and m.status = 'done'
      and m.received_at >= ${since.toISOString()}::timestamptz
      and m.kind not in (${sql.join(
        ["mediaOnly", "progressQuery", ...notFrom].map((kind) => sql`${kind}`),
        sql`, `,
      )})
    order by m.id desc limit 1`);
  return last?.no ?? null;
}

/** A picture that lies where everything is kept, as part of an event. */
export async function insertStoredPicture(
  tx: Db,
  picture: { eventNo: string; channel: string; path: string; mime: string; createdAt: Date },
): Promise<void> {
  const id = newId();
  await tx.orm.insert(attachments).values({
    ...picture,
    site: tx.site,
    id,
    // It came with no message.
    messageId: id,
    kind: "picture",
    ref: picture.path,
    state: "stored",
  });
}

/** The pictures of an event that were fetched and kept, oldest first. */
export async function picturesOfEvent(
  db: Db,
  eventNo: string,
): Promise<{ id: string; path: string; mime: string; createdAt: Date }[]> {
  const rows = await db.orm
    .select()
    .from(attachments)
    .where(
      and(
        eq(attachments.site, db.site),
        eq(attachments.eventNo, eventNo),
        eq(attachments.kind, "picture"),
        eq(attachments.state, "stored"),
      ),
    )
    .orderBy(attachments.id)
    .limit(50);
  return rows.flatMap(({ id, path, mime, createdAt }) =>
    path === null || mime === null ? [] : [{ id, path, mime, createdAt }],
  );
}

export async function attachToEvent(tx: Db, messageId: string, eventNo: string): Promise<void> {
  await tx.orm
    .update(attachments)
    .set({ eventNo })
    .where(
      and(
        eq(attachments.site, tx.site),
        eq(attachments.messageId, messageId),
        isNull(attachments.eventNo),
      ),
    );
}

/** Attachments that have yet to be fetched, oldest first. @param realNow - real time */
export async function pendingAttachments(
  db: Db,
  channels: readonly string[],
  realNow: Date,
  limit: number,
): Promise<AttachmentRow[]> {
  if (channels.length === 0) return [];
  return db.orm
    .select()
    .from(attachments)
    .where(
      and(
        eq(attachments.site, db.site),
        eq(attachments.state, "pending"),
        sql`${attachments.channel} in (${sql.join(
          channels.map((channel) => sql`${channel}`),
          sql`, `,
        )})`,
        sql`(${attachments.nextTryAt} is null or ${attachments.nextTryAt} <= ${realNow.toISOString()}::timestamptz)`,
      ),
    )
    .orderBy(attachments.id)
    .limit(limit);
}

/** Takes one attachment for a while, so that two instances do not fetch it both. */
export async function claimAttachment(
  db: Db,
  id: string,
  realNow: Date,
  until: Date,
): Promise<boolean> {
  const claimed = await db.orm
    .update(attachments)
    .set({ nextTryAt: until, attempts: sql`${attachments.attempts} + 1` })
    .where(
      and(
        eq(attachments.site, db.site),
        eq(attachments.id, id),
        eq(attachments.state, "pending"),
        sql`(${attachments.nextTryAt} is null or ${attachments.nextTryAt} <= ${realNow.toISOString()}::timestamptz)`,
      ),
    )
    .returning({ id: attachments.id });
  return claimed.length > 0;
}

export async function settleAttachment(
  db: Db,
  id: string,
  outcome: Partial<
    Pick<
      AttachmentRow,
      "state" | "path" | "mime" | "bytes" | "sha256" | "problem" | "nextTryAt" | "attempts"
    >
  >,
): Promise<void> {
  await db.orm
    .update(attachments)
    .set(outcome)
    .where(and(eq(attachments.site, db.site), eq(attachments.id, id)));
}
