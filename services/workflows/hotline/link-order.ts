import type { Db } from "../../../db/client.ts";
import { changeHotlineOrder } from "../../../db/queries/hotline.ts";
import { insertHotlineAnswer } from "../../../db/queries/hotline-answers.ts";
import type { EventStatus } from "../../domain/event.ts";
import type { HotlineRef } from "../../domain/hotline/line.ts";
import { STATE_OF_STATUS } from "../../domain/hotline/state.ts";

/** An order has become an event: the hotline is told so. Belongs to the transaction that made the event. */
export async function linkOrder(
  tx: Db,
  { line, no }: HotlineRef,
  event: { no: string; status: EventStatus },
  at: Date,
): Promise<void> {
  const state = STATE_OF_STATUS[event.status];
  await changeHotlineOrder(tx, { line, no }, { eventNo: event.no, toldState: state });
  if (state === null) return;
  await insertHotlineAnswer(tx, {
    line,
    orderNo: no,
    eventNo: event.no,
    kind: "state",
    state,
    text: "",
    orgName: null,
    at,
  });
}
