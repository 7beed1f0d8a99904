import type { Db } from "../../../db/client.ts";
import { appendStep } from "../../../db/queries/event-writes.ts";
import { findEvent } from "../../../db/queries/events.ts";
import { ordersOfEvents } from "../../../db/queries/hotline.ts";
import { openObligationsOf } from "../../../db/queries/obligations.ts";
import { moveEventDue } from "../../../db/queries/recount.ts";
import { SYSTEM } from "../../domain/actor.ts";
import { isOpenEvent } from "../../domain/event.ts";
import { shorterDue, underHotlineDue } from "../../domain/hotline/due.ts";
import { spokenTime } from "../../domain/time.ts";
import { eventOwners } from "../event-surroundings.ts";
import { keepObligations } from "../keep-obligations.ts";
import type { Office } from "../office.ts";
import { tellMovedDeadlines } from "../tell-moved-deadlines.ts";

/**
 * Puts an event under the shortest deadline of its orders, openly: its history says what moved, and
 * whoever owes it is told. Belongs to the caller's transaction.
 *
 * @param because - whose doing it is, such as 「12345 工单 2026112200123 改期」
 * @returns whether the event is still open, so that a deadline means something
 */
export async function keepHotlineDue(
  tx: Db,
  office: Office,
  no: string,
  because: string,
): Promise<boolean> {
  const before = await findEvent(tx, no, "lock");
  if (before === null || !isOpenEvent(before.state.status)) return false;
  const hotlineDueAt = (await ordersOfEvents(tx, [no]))
    .map(({ dueAt }) => dueAt)
    .reduce<Date | null>((one, other) => shorterDue(one, other), null);
  const due = underHotlineDue(before.state, hotlineDueAt);
  if (before.state.hotlineDueAt?.getTime() === due.hotlineDueAt?.getTime()) return true;
  const owedBefore = await openObligationsOf(tx, no);
  await moveEventDue(tx, no, due);
  const after = await findEvent(tx, no);
  if (after === null) throw new Error(`Event ${no} vanished while its deadline moved.`);
  const { status } = after.state;
  await appendStep(tx, {
    eventNo: no,
    at: office.clock.now(),
    action: "recount",
    from: status,
    to: status,
    actor: SYSTEM,
    note: `${because}:热线期限 ${said(before.state.hotlineDueAt)} → ${said(due.hotlineDueAt)},办结期限 ${said(before.state.dueAt)} → ${said(due.dueAt)}(取两者中较早的)`,
    messageId: null,
  });
  await keepObligations(tx, office, after, await eventOwners(tx, after.state), null);
  const owed = new Map((await openObligationsOf(tx, no)).map((duty) => [duty.id, duty]));
  const moved = owedBefore.flatMap((duty) => {
    const to = owed.get(duty.id)?.dueAt;
    return to === undefined || to.getTime() === duty.dueAt.getTime() ? [] : [{ duty, to }];
  });
  await tellMovedDeadlines(tx, office, moved, because, `${no}:${due.dueAt?.toISOString()}:`);
  return true;
}

const said = (at: Date | null): string => (at === null ? "无" : spokenTime(at));
