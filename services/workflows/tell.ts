import type { Db } from "../../db/client.ts";
import type { EventRecord } from "../../db/queries/events.ts";
import { ordersOfEvents } from "../../db/queries/hotline.ts";
import { insertOutbox } from "../../db/queries/outbox.ts";
import { tell } from "../domain/event-actions/decision.ts";
import { orderName } from "../domain/hotline/line.ts";
import type { Notice } from "../domain/notice.ts";
import { addressesOf, personAddresses } from "./addresses.ts";
import type { Office } from "./office.ts";
import { ringOnDuty } from "./ring-on-duty.ts";

/**
 * Writes the notices of a change into the outbox, one row an address. The step's id makes the keys, so
 * that the same step says nothing twice.
 *
 * @param before - the event as it was, for those who held it and do not any more
 */
export async function tellPeople(
  tx: Db,
  office: Office,
  stepId: string,
  notices: readonly Notice[],
  before: EventRecord | null,
  after: EventRecord,
): Promise<void> {
  const createdAt = office.clock.now();
  const told = new Set<string>();
  const orders = await ordersOfEvents(tx, [after.row.no]);
  const named = orders.map((order) => `【${orderName(order)}】`).join("");
  for (const { to, personId, urgent, ...body } of notices) {
    const reached =
      personId === undefined
        ? await addressesOf(tx, office, to, before, after)
        : await personAddresses(tx, office, personId);
    // Whoever reported by an app or a hotline has no chat of ours, and is owed the result all the same.
    // A hotline tells its caller itself: the result goes back to it (hotline/queue-answers.ts).
    if (reached.length === 0 && body.feedback?.side === "reporter" && orders.length === 0)
      await tellPeople(tx, office, stepId, [reporterNotReached(after)], null, after);
    // Two audiences may share an address; one sentence is said there once.
    const addresses = reached.filter(({ key }) => {
      const seen = told.has(`${body.kind}|${key}`);
      told.add(`${body.kind}|${key}`);
      return !seen;
    });
    await insertOutbox(
      tx,
      addresses.map((address) => ({
        key: `${after.row.no}:${stepId}:${body.kind}:${personId ?? to}:${address.key}`,
        to: address.to,
        mentions: address.mentions,
        priority: urgent ? ("emergency" as const) : ("notice" as const),
        reply: address.reply,
        body: {
          ...body,
          params: {
            summary: isReporters(to) ? after.row.summary : `${named}${after.row.summary}`,
            place: after.row.placeRaw,
            ...body.params,
            ...address.params,
          },
        },
        createdAt,
      })),
    );
    if (body.kind === "emergencyRaised" && office.policy.emergencyDing) {
      const { summary, placeRaw: place, streetCode } = after.row;
      const params = { summary, place, ...body.params };
      await ringOnDuty(tx, office, `${after.row.no}:${stepId}`, { ...body, params }, streetCode);
    }
  }
}

/** Officials know an order by its hotline's number; its caller knows what they said. */
const isReporters = (to: Notice["to"]): boolean => to === "reporters" || to === "firstReporter";

/** Asks the command room to tell the reporters of an event some other way. */
export const reporterNotReached = ({ state }: EventRecord): Notice =>
  tell("commandRoom", "reporterNotReached", state);
