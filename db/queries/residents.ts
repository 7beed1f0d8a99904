import { and, eq, isNull, sql } from "drizzle-orm";
import { API_CHANNEL } from "../../services/domain/api-sender.ts";
import { ERASED } from "../../services/domain/erased.ts";
import type { Db } from "../client.ts";
import {
  contacts,
  dialogStates,
  erasures,
  eventReporters,
  inbox,
  residents,
} from "../schema/index.ts";
import { newId } from "./ids.ts";
import { forgetPrivacyRecords } from "./privacy-records.ts";

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

/**
 * What the account said of events: their summary stays, as somebody still works on it; its words go.
 * What officials did in their office is no part of it.
 */
async function forgetSteps(tx: Db, account: Account): Promise<number> {
  const mine = sql`site = ${tx.site} and actor ->> 'channel' = ${account.channel} and actor ->> 'platformUserId' = ${account.platformUserId} and actor ->> 'personId' is null`;
  await tx.orm.execute(sql`
    update events set words = summary where site = ${tx.site} and no in (
      select event_no from event_reporters r where r.site = ${tx.site} and r.first
        and r.channel = ${account.channel} and r.platform_user_id = ${account.platformUserId})`);
  const steps = await tx.rows<{ id: string }>(sql`
    update event_steps set note = null, actor = actor || jsonb_build_object('platformUserId', null, 'name', null)
    where ${mine} returning id`);
  return steps.length;
}

/** What a hotline wrote down of the account's calls; that there was an order stays, as it is answered. */
async function forgetCalls(tx: Db, { channel, platformUserId }: Account): Promise<void> {
  if (channel !== API_CHANNEL) return;
  await tx.orm.execute(sql`
    update hotline_updates u set raw = '{}'::jsonb, words = ''
    from hotline_orders o where u.site = ${tx.site} and o.site = u.site and o.line = u.line
      and o.no = u.order_no and o.platform_user_id = ${platformUserId}`);
  await tx.orm.execute(sql`
    update hotline_orders set contact = null, words = '', supplement = '', platform_user_id = ${ERASED}
    where site = ${tx.site} and platform_user_id = ${platformUserId}`);
}

/** What was said to the account: no longer to be sent, and no longer to be read. */
async function forgetOutbox(tx: Db, account: Account): Promise<void> {
  await tx.orm.execute(sql`
    update outbox set platform_user_id = ${ERASED}, address = ${`${account.channel}|person:${ERASED}`}, reply = null,
      body = '{"kind":"text","params":{"text":""}}'::jsonb,
      status = case when status = 'pending' then 'dropped' else status end
    where site = ${tx.site} and channel = ${account.channel} and platform_user_id = ${account.platformUserId}`);
  await tx.orm.execute(sql`
    update outbox set mentions = array_remove(mentions, ${account.platformUserId})
    where site = ${tx.site} and channel = ${account.channel} and ${account.platformUserId} = any(mentions)`);
}

/** Pictures and files go when nobody works with them any more (`retireErased`); what was said in them goes now. */
async function markFiles(tx: Db, { channel, platformUserId }: Account): Promise<void> {
  await tx.orm.execute(sql`
    update attachments a set erased = true, file_name = null, transcript = null from inbox i
    where a.site = ${tx.site} and i.site = a.site and i.id = a.message_id and i.channel = ${channel}
      and i.message -> 'sender' ->> 'platformUserId' = ${platformUserId}`);
}

/**
 * Takes an account out of everything: its messages and what was said of them lose their words, its
 * reports their reporter. Open events stay open without it. The audit keeps who did what, as it must.
 *
 * @param asking - the message that asks for it, which is still being handled
 * @returns how many rows of each kind were changed, and how many of its events are still open
 */
export async function eraseAccount(
  tx: Db,
  account: Account,
  asking: string,
  at: Date,
): Promise<{ messages: number; reports: number; steps: number; open: number }> {
  const open = await tx.rows<{ count: number }>(sql`
    select count(*)::int as count from event_reporters r join events e on e.site = r.site and e.no = r.event_no
    where r.site = ${tx.site} and r.channel = ${account.channel} and r.platform_user_id = ${account.platformUserId}
      and e.status not in ('closed', 'archived', 'rejected', 'merged', 'withdrawn')`);
  await forgetPrivacyRecords(tx, account);
  await markFiles(tx, account);
  const messages = await tx.orm
    .update(inbox)
    .set({
      message: sql`(${inbox.message} - 'raw') || jsonb_build_object('text', '', 'placeHint', null, 'onBehalfOf', null, 'attachments', '[]'::jsonb,
        'reply', null, 'location', null, 'sender', jsonb_build_object('platformUserId', ${ERASED}::text, 'nick', null),
        'conversation', case when ${inbox.message} -> 'conversation' ->> 'type' = 'private'
          then jsonb_build_object('id', ${ERASED}::text, 'type', 'private', 'title', null) else ${inbox.message} -> 'conversation' end)`,
      lane: ERASED,
    })
    .where(
      and(
        eq(inbox.site, tx.site),
        eq(inbox.channel, account.channel),
        sql`(${inbox.status} = 'done' or ${inbox.id} = ${asking})`,
        sql`${inbox.message} -> 'sender' ->> 'platformUserId' = ${account.platformUserId}`,
      ),
    )
    .returning({ id: inbox.id });
  const told = await forgetSteps(tx, account);
  await forgetCalls(tx, account);
  await forgetOutbox(tx, account);
  await tx.orm
    .delete(dialogStates)
    .where(
      and(
        eq(dialogStates.site, tx.site),
        sql`starts_with(${dialogStates.lane}, ${`${account.channel}|`})`,
        sql`right(${dialogStates.lane}, ${account.platformUserId.length + 1}) = ${`|${account.platformUserId}`}`,
      ),
    );
  const reports = await tx.orm
    .update(eventReporters)
    .set({
      platformUserId: sql`${`${ERASED}:`}::text || ${eventReporters.id}`,
      conversationId: sql`case when ${eventReporters.conversationType} = 'private' then ${ERASED}::text else ${eventReporters.conversationId} end`,
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
    .delete(contacts)
    .where(
      and(
        eq(contacts.site, tx.site),
        eq(contacts.channel, account.channel),
        eq(contacts.platformUserId, account.platformUserId),
      ),
    );
  await tx.orm
    .delete(residents)
    .where(
      and(
        eq(residents.site, tx.site),
        eq(residents.channel, account.channel),
        eq(residents.platformUserId, account.platformUserId),
      ),
    );
  const result = { messages: messages.length, reports: reports.length, steps: told };
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
