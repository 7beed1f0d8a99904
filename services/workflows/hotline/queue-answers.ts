import type { Db } from "../../../db/client.ts";
import type { EventRecord } from "../../../db/queries/events.ts";
import { changeHotlineOrder, ordersOfEvents } from "../../../db/queries/hotline.ts";
import { insertHotlineAnswer } from "../../../db/queries/hotline-answers.ts";
import { findOrg } from "../../../db/queries/orgs.ts";
import { isOpenEvent } from "../../domain/event.ts";
import type { EventChange } from "../../domain/event-actions/decision.ts";
import { answerOf } from "../../domain/hotline/answer.ts";

/**
 * Writes down what a change of an event tells the hotlines whose orders it was made of. Belongs to the
 * transaction of the change; sending is `sendHotlineAnswers`'.
 */
export async function queueHotlineAnswers(
  tx: Db,
  change: EventChange,
  after: EventRecord,
  at: Date,
): Promise<void> {
  const { no } = after.row;
  const orders = await ordersOfEvents(tx, [no]);
  const lead = after.state.assignees.find(({ role }) => role === "lead")?.orgCode ?? null;
  const org = orders.length === 0 || lead === null ? null : await findOrg(tx, lead);
  const isOver = !isOpenEvent(change.to) && change.to !== "merged";
  for (const order of orders) {
    const answer = answerOf(
      { ...change, delayApproved: after.state.delayApproved },
      order.toldState,
    );
    if (answer !== null)
      await insertHotlineAnswer(tx, {
        line: order.line,
        orderNo: order.no,
        eventNo: no,
        ...answer,
        orgName: org?.name ?? null,
        at,
      });
    const roundIsOver = change.patch.hotlineDueAt === null;
    await changeHotlineOrder(tx, order, {
      ...(answer === null ? {} : { toldState: answer.state }),
      endedAt: isOver ? (order.endedAt ?? at) : null,
      ...(roundIsOver ? { dueAt: null } : {}),
    });
  }
}
