import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { erasures, eventReporters, inbox, residents } from "../schema/index.ts";
import { newId } from "./ids.ts";

interface Account {
  channel: string;
  platformUserId: string;
}

/** Notes that an account was here. True when it is new. */
export async function meetResident(tx: Db, account: Account, at: Date): Promise<boolean> {
  const added = await tx.orm
    .insert(residents)
    .values({ ...account, site: tx.site, id: newId(), createdAt: at })
    .onConflictDoNothing({ target: [residents.site, residents.channel, residents.platformUserId] })
    .returning({ id: residents.id });
  return added.length > 0;
}

/** Marks the privacy notice as given. True for the one call that has to give it. */
export async function claimPrivacyNotice(tx: Db, account: Account, at: Date): Promise<boolean> {
  const claimed = await tx.orm
    .update(residents)
    .set({ noticeGivenAt: at })
    .where(
      and(
        eq(residents.site, tx.site),
        eq(residents.channel, account.channel),
        eq(residents.platformUserId, account.platformUserId),
        isNull(residents.noticeGivenAt),
      ),
    )
    .returning({ id: residents.id });
  return claimed.length > 0;
}

/** Who stands in place of an erased account, so that counts stay right. */
const ERASED = "erased";

/**
 * Takes an account out of everything: its messages lose their words, its reports their reporter. Open
 * events stay open without it.
 *
 * @returns how many rows of each kind were changed, and how many of its events are still open
 */
export async function eraseAccount(
  tx: Db,
  account: Account,
  at: Date,
): Promise<{ messages: number; reports: number; open: number }> {
  const open = await tx.rows<{ count: number }>(sql`
    select count(*)::int as count from event_reporters r join events e on e.site = r.site and e.no = r.event_no
    where r.site = ${tx.site} and r.channel = ${account.channel} and r.platform_user_id = ${account.platformUserId}
      and e.status not in ('closed', 'archived', 'rejected', 'merged', 'withdrawn')`);
  const messages = await tx.orm
    .update(inbox)
    .set({
      message: sql`(${inbox.message} - 'raw') || jsonb_build_object('text', '', 'placeHint', null, 'onBehalfOf', null, 'attachments', '[]'::jsonb,
        'sender', jsonb_build_object('platformUserId', ${ERASED}::text, 'nick', null))`,
    })
    .where(
      and(
        eq(inbox.site, tx.site),
        eq(inbox.channel, account.channel),
        eq(inbox.status, "done"),
        sql`${inbox.message} -> 'sender' ->> 'platformUserId' = ${account.platformUserId}`,
      ),
    )
    .returning({ id: inbox.id });
  const reports = await tx.orm
    .update(eventReporters)
    .set({
      platformUserId: sql`${`${ERASED}:`}::text || ${eventReporters.id}`,
      personId: null,
      reply: null,
      words: "",
    })
    .where(
      and(
        eq(eventReporters.site, tx.site),
        eq(eventReporters.channel, account.channel),
        eq(eventReporters.platformUserId, account.platformUserId),
      ),
    )
    .returning({ no: eventReporters.eventNo });
  await tx.orm
    .delete(residents)
    .where(
      and(
        eq(residents.site, tx.site),
        eq(residents.channel, account.channel),
        eq(residents.platformUserId, account.platformUserId),
      ),
    );
  const result = { messages: messages.length, reports: reports.length };
  await tx.orm.insert(erasures).values({
    site: tx.site,
    id: newId(),
    channel: account.channel,
    platformUserId: ERASED,
    requestedAt: at,
    doneAt: at,
    result,
  });
  return { ...result, open: open[0]?.count ?? 0 };
}
