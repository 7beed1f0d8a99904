import { sql } from "drizzle-orm";
import type { HotlineLine } from "../../services/domain/hotline/line.ts";
import type { Db } from "../client.ts";
import { findHotlineOrder } from "./hotline.ts";
import { type PrivacyRecord, privacyRecordsOf } from "./privacy-records.ts";

/** Everything that is kept of one account, in the words it is kept in. Of others nothing but their office. */
export interface SubjectData {
  account: { channel: string; platformUserId: string; since: Date | null; noticeAt: Date | null };
  /** where the account came from, and when it was heard last */
  contact: { gridCode: string | null; heardAt: Date | null } | null;
  records: PrivacyRecord[];
  messages: { at: Date; text: string; kind: string | null }[];
  answers: { at: Date; text: string }[];
  reports: {
    no: string;
    status: string;
    category: string;
    summary: string;
    /** own words */
    words: string;
    place: string | null;
    joinedAt: Date;
    rating: number | null;
    ratedAt: Date | null;
  }[];
  steps: { no: string; at: Date; action: string; note: string | null }[];
  files: { no: string | null; kind: string; state: string; at: Date }[];
  hotlineOrders: {
    line: string;
    no: string;
    words: string;
    supplement: string;
    contact: { name: string | null; phone: string | null } | null;
  }[];
  /** who read who reported: the office, not the name */
  looks: { no: string; at: Date; orgCode: string | null }[];
}

/** @param most - of each kind, the newest */
export async function subjectData(
  db: Db,
  account: { channel: string; platformUserId: string },
  most: number,
): Promise<SubjectData> {
  const { channel, platformUserId: user } = account;
  const mine = sql`r.site = ${db.site} and r.channel = ${channel} and r.platform_user_id = ${user}`;
  const [known] = await db.rows<{ since: Stored; noticeAt: Stored }>(sql`
    select created_at as since, notice_given_at as "noticeAt" from residents r where ${mine}`);
  const [contact] = await db.rows<{ gridCode: string | null; heardAt: Stored }>(sql`
    select grid_code as "gridCode", heard_at as "heardAt" from contacts r where ${mine}`);
  const messages = await db.rows<{ at: Stored; text: string; kind: string | null }>(sql`
    select received_at as at, message ->> 'text' as text, kind from inbox
    where site = ${db.site} and channel = ${channel} and message -> 'sender' ->> 'platformUserId' = ${user}
      and message ->> 'text' <> '' order by id desc limit ${most}`);
  const answers = await db.rows<{ at: Stored; text: string }>(sql`
    select created_at as at, body -> 'params' ->> 'text' as text from outbox
    where site = ${db.site} and channel = ${channel} and platform_user_id = ${user}
      and body ->> 'kind' = 'text' and body -> 'params' ->> 'text' <> '' and not (body ? 'secret')
    order by id desc limit ${most}`);
  const reports = await db.rows<Report & { joinedAt: Stored; ratedAt: Stored }>(sql`
    select e.no, e.status, e.category, e.summary, r.words, e.place_raw as place, r.joined_at as "joinedAt",
      r.rating, r.rated_at as "ratedAt"
    from event_reporters r join events e on e.site = r.site and e.no = r.event_no
    where ${mine} order by r.joined_at desc limit ${most}`);
  const steps = await db.rows<{ no: string; at: Stored; action: string; note: string | null }>(sql`
    select event_no as no, at, action, note from event_steps
    where site = ${db.site} and actor ->> 'channel' = ${channel} and actor ->> 'platformUserId' = ${user}
    order by id desc limit ${most}`);
  const files = await db.rows<{ no: string | null; kind: string; state: string; at: Stored }>(sql`
    select a.event_no as no, a.kind, a.state, a.created_at as at
    from attachments a join inbox i on i.site = a.site and i.id = a.message_id
    where a.site = ${db.site} and i.channel = ${channel}
      and i.message -> 'sender' ->> 'platformUserId' = ${user} order by a.id desc limit ${most}`);
  const looks = await db.rows<{ no: string; at: Stored; orgCode: string | null }>(sql`
    select l.subject_no as no, l.at, l.actor ->> 'orgCode' as "orgCode" from audit l
    where l.site = ${db.site} and l.action = 'readPersonalData' and l.subject_no in (
      select r.event_no from event_reporters r where ${mine})
    order by l.id desc limit ${most}`);
  return {
    account: { ...account, since: moment(known?.since), noticeAt: moment(known?.noticeAt) },
    contact:
      contact === undefined
        ? null
        : { gridCode: contact.gridCode, heardAt: moment(contact.heardAt) },
    records: await privacyRecordsOf(db, account),
    messages: messages.map(dated),
    answers: answers.map(dated),
    reports: reports.map((row) => ({
      ...row,
      joinedAt: new Date(row.joinedAt ?? 0),
      ratedAt: moment(row.ratedAt),
    })),
    steps: steps.map(dated),
    files: files.map(dated),
    hotlineOrders: await ordersOf(db, account),
    looks: looks.map(dated),
  };
}

type Stored = Date | string | null;
type Report = Omit<SubjectData["reports"][number], "joinedAt" | "ratedAt">;
const moment = (at: Stored | undefined): Date | null => (at == null ? null : new Date(at));
const dated = <Row extends { at: Stored }>(row: Row): Omit<Row, "at"> & { at: Date } => ({
  ...row,
  at: new Date(row.at ?? 0),
});

async function ordersOf(
  db: Db,
  { channel, platformUserId }: { channel: string; platformUserId: string },
): Promise<SubjectData["hotlineOrders"]> {
  if (channel !== "api") return [];
  const refs = await db.rows<{ line: HotlineLine; no: string }>(sql`
    select line, no from hotline_orders where site = ${db.site} and platform_user_id = ${platformUserId}
    order by received_at desc`);
  const orders: SubjectData["hotlineOrders"] = [];
  for (const ref of refs) {
    const order = await findHotlineOrder(db, ref);
    if (order === null) continue;
    const { line, no, words, supplement, contact } = order;
    orders.push({ line, no, words, supplement, contact });
  }
  return orders;
}

/** By what the audit names an account without naming it; null where it was never here. */
export async function residentId(
  db: Db,
  { channel, platformUserId }: { channel: string; platformUserId: string },
): Promise<string | null> {
  const [row] = await db.rows<{ id: string }>(sql`
    select id from residents where site = ${db.site} and channel = ${channel}
      and platform_user_id = ${platformUserId}`);
  return row?.id ?? null;
}
