import { and, asc, desc, eq, gt, lt, sql } from "drizzle-orm";
import type { IncomingMessage } from "../../services/domain/incoming.ts";
import type { Db } from "../client.ts";
import { inbox, sandboxMessages } from "../schema/index.ts";
import { newId } from "./ids.ts";

/** What a user said is kept under their message id, what the bot said under the outbox key. */
export const SAID_BY_USER = "in:";
export const SAID_BY_BOT = "out:";

export interface TranscriptLine {
  key: string;
  conversationId: string;
  /** `bot`, or the speaker's user id */
  from: string;
  text: string;
  at: Date;
}

/**
 * Writes one line of the transcript; the same key twice is one line. Lines become visible in the
 * order of their ids, so that a reader who asks for what came after an id misses nothing.
 *
 * @returns the id, also of a line that was there before
 */
export async function recordTranscriptLine(db: Db, line: TranscriptLine): Promise<string> {
  return db.transaction(async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(hashtext(${`sandbox_messages:${tx.site}`}))`);
    const [written] = await tx.orm
      .insert(sandboxMessages)
      .values({ ...line, site: tx.site, id: newId() })
      .onConflictDoNothing({ target: [sandboxMessages.site, sandboxMessages.key] })
      .returning({ id: sandboxMessages.id });
    if (written !== undefined) return written.id;
    const [before] = await tx.orm
      .select({ id: sandboxMessages.id })
      .from(sandboxMessages)
      .where(and(eq(sandboxMessages.site, tx.site), eq(sandboxMessages.key, line.key)));
    if (before === undefined) throw new Error("A transcript line vanished while it was written.");
    return before.id;
  });
}

export interface TranscriptPage {
  conversationId: string;
  /** the oldest lines after this id; without it, the newest lines (before `before`) */
  after?: string | undefined;
  before?: string | undefined;
  limit: number;
}

export interface ReadLine extends TranscriptLine {
  id: string;
  /** how the bot read a user's message; null until it did, and for what the bot said */
  reading: unknown;
  attachments: IncomingMessage["attachments"];
}

/** Lines in the order of arrival, each of a user's with the bot's reading. */
export async function readTranscript(db: Db, page: TranscriptPage): Promise<ReadLine[]> {
  const forward = page.after !== undefined;
  const rows = await db.orm
    .select({
      id: sandboxMessages.id,
      key: sandboxMessages.key,
      conversationId: sandboxMessages.conversationId,
      from: sandboxMessages.from,
      text: sandboxMessages.text,
      at: sandboxMessages.at,
      reading: inbox.reading,
      attachments: sql<IncomingMessage["attachments"] | null>`${inbox.message} -> 'attachments'`,
    })
    .from(sandboxMessages)
    .leftJoin(
      inbox,
      and(
        eq(inbox.site, sandboxMessages.site),
        eq(inbox.channel, "sandbox"),
        sql`${inbox.dedupeKey} = substr(${sandboxMessages.key}, ${SAID_BY_USER.length + 1}::int)`,
        sql`starts_with(${sandboxMessages.key}, ${SAID_BY_USER})`,
      ),
    )
    .where(
      and(
        eq(sandboxMessages.site, db.site),
        eq(sandboxMessages.conversationId, page.conversationId),
        page.after === undefined ? undefined : gt(sandboxMessages.id, page.after),
        page.before === undefined ? undefined : lt(sandboxMessages.id, page.before),
      ),
    )
    .orderBy(forward ? asc(sandboxMessages.id) : desc(sandboxMessages.id))
    .limit(page.limit);
  const inOrder = forward ? rows : rows.reverse();
  return inOrder.map((row) => ({ ...row, attachments: row.attachments ?? [] }));
}

export interface LastLine {
  id: string;
  conversationId: string;
  from: string;
  text: string;
  at: Date;
}

/** A list of conversations shows what was said last; older chats than these are found by their name. */
const RECENT_LINES = 2000;

/** The newest line of each conversation that had one among the newest 2,000, newest first. */
export async function readLastLines(db: Db): Promise<LastLine[]> {
  const recent = db.orm
    .select()
    .from(sandboxMessages)
    .where(eq(sandboxMessages.site, db.site))
    .orderBy(desc(sandboxMessages.id))
    .limit(RECENT_LINES)
    .as("recent");
  const rows = await db.orm
    .selectDistinctOn([recent.conversationId], {
      id: recent.id,
      conversationId: recent.conversationId,
      from: recent.from,
      text: recent.text,
      at: recent.at,
    })
    .from(recent)
    .orderBy(recent.conversationId, desc(recent.id));
  return rows.sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** What happened since: conversations with new lines, and whether a message was read meanwhile. */
export interface TranscriptNews {
  lastId: string | null;
  /** ms of the last handling among the newest messages; grows as the bot reads */
  handledMs: number;
  conversationIds: string[];
}

/** Looks no further back than this for readings that came after their message. */
const RECENTLY_RECEIVED = 50;

export async function readTranscriptNews(db: Db, sinceId: string | null): Promise<TranscriptNews> {
  const lines = await db.orm
    .select({ id: sandboxMessages.id, conversationId: sandboxMessages.conversationId })
    .from(sandboxMessages)
    .where(
      and(
        eq(sandboxMessages.site, db.site),
        sinceId === null ? undefined : gt(sandboxMessages.id, sinceId),
      ),
    )
    .orderBy(desc(sandboxMessages.id))
    .limit(sinceId === null ? 1 : 500);
  const received = await db.orm
    .select({ handledAt: inbox.handledAt })
    .from(inbox)
    .where(eq(inbox.site, db.site))
    .orderBy(desc(inbox.id))
    .limit(RECENTLY_RECEIVED);
  return {
    lastId: lines[0]?.id ?? sinceId,
    handledMs: Math.max(0, ...received.map((row) => row.handledAt?.getTime() ?? 0)),
    conversationIds: [...new Set(lines.map((line) => line.conversationId))],
  };
}
