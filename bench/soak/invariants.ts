import { sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { REMINDERS_NOTICE } from "../../services/domain/reminder-item.ts";

/** What must never happen; each is a count of cases, and each must be 0. */
export interface SoakViolations {
  acknowledgedAndNotStored: number;
  storedAndNotHandled: number;
  failedMessages: number;
  reportsWithoutEvent: number;
  reportsWithTwoEvents: number;
  openEventsWithoutDuty: number;
  notSent: number;
  remindersLost: number;
  remindersTwice: number;
}

export async function soakViolations(
  database: Database,
  told: { acknowledged: number; reports: readonly string[]; duties: number },
): Promise<SoakViolations> {
  const one = async (statement: ReturnType<typeof sql>): Promise<number> =>
    (await database.rows<{ n: number }>(statement))[0]?.n ?? 0;
  const { site } = database;
  const stored = await one(
    sql`select count(*)::int as n from inbox where site = ${site} and channel = 'dingtalk'`,
  );
  // Each report names its own number, so that the event it became is known by its reporter.
  const made = await database.rows<{ n: number; reports: number }>(sql`
    select n::int, count(*)::int as reports from (
      select count(distinct event_no) as n from event_reporters
      where site = ${site} and platform_user_id = any(${sql.param([...told.reports])}::text[])
      group by platform_user_id) each group by n`);
  const reported = made.reduce((sum, { reports }) => sum + reports, 0);
  const reminded = await database.rows<{ times: number; duties: number }>(sql`
    select times::int, count(*)::int as duties from (
      select count(*) as times from (
        select item ->> 'obligationId' as duty, item ->> 'step' as step, address
        from outbox o, jsonb_array_elements(o.body #> '{params,items}') item
        where o.site = ${site} and o.body ->> 'kind' = ${REMINDERS_NOTICE} and o.status <> 'dropped'
          and item #>> '{subject,no}' like 'SJ20200101-%') items
      group by duty, step, address) each group by times`);
  const remindedDuties = await one(sql`
    select count(distinct item ->> 'obligationId')::int as n
    from outbox o, jsonb_array_elements(o.body #> '{params,items}') item
    where o.site = ${site} and o.body ->> 'kind' = ${REMINDERS_NOTICE} and item #>> '{subject,no}' like 'SJ20200101-%'`);
  return {
    acknowledgedAndNotStored: Math.max(0, told.acknowledged - stored),
    storedAndNotHandled: await one(
      sql`select count(*)::int as n from inbox where site = ${site} and status = 'pending'`,
    ),
    failedMessages: await one(
      sql`select count(*)::int as n from inbox where site = ${site} and status = 'failed'`,
    ),
    reportsWithoutEvent: told.reports.length - reported,
    reportsWithTwoEvents: made
      .filter(({ n }) => n > 1)
      .reduce((sum, { reports }) => sum + reports, 0),
    openEventsWithoutDuty: await one(sql`
      select count(*)::int as n from events e
      where e.site = ${site} and e.status = 'pendingAccept' and not exists (
        select 1 from obligations o where o.site = e.site and o.subject_no = e.no
          and o.fulfilled_at is null and o.canceled_at is null and o.next_reminder_at is not null)`),
    notSent: await one(sql`
      select count(*)::int as n from outbox
      where site = ${site} and status in ('pending', 'failed')
        and (not_before is null or not_before <= now())`),
    remindersLost: told.duties - remindedDuties,
    remindersTwice: reminded
      .filter(({ times }) => times > 1)
      .reduce((sum, { duties }) => sum + duties, 0),
  };
}
