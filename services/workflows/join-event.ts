import type { Db } from "../../db/client.ts";
import { countReporter, insertReporter, raisePeople } from "../../db/queries/event-writes.ts";
import { actOnEvent, type EventOutcome } from "./act-on-event.ts";
import type { Office } from "./office.ts";
import type { ReportedBy } from "./report-event.ts";
import { warnOfCollective } from "./warn-of-collective.ts";

export type JoinOutcome = EventOutcome & { households?: number; again?: boolean };

/**
 * Adds a neighbour to an event that is the same trouble (附议). They hear of the result like the first
 * reporter. Saying it twice counts once.
 *
 * @param people - how many it concerns, as they said; the largest number stays
 */
export async function joinEvent(
  tx: Db,
  office: Office,
  no: string,
  words: string,
  by: ReportedBy,
  people: number | null = null,
): Promise<JoinOutcome> {
  const outcome = await actOnEvent(
    tx,
    office,
    no,
    { action: "join", note: words },
    by.actor,
    by.message?.id ?? null,
  );
  if (!outcome.ok) return outcome;
  const added = await insertReporter(tx, {
    eventNo: no,
    personId: by.actor.personId,
    channel: by.channel,
    platformUserId: by.platformUserId,
    conversationId: by.conversation.id,
    conversationType: by.conversation.type,
    reply:
      by.reply === null ? null : { url: by.reply.url, expiresAt: by.reply.expiresAt.toISOString() },
    words,
    messageId: by.message?.id ?? null,
    first: false,
    joinedAt: office.clock.now(),
  });
  if (people !== null) await raisePeople(tx, no, people);
  const households = added ? await countReporter(tx, no) : outcome.event.row.reporterCount;
  if (added) await warnOfCollective(tx, office, outcome.event);
  return { ...outcome, households, again: !added };
}
