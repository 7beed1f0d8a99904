import type { Db } from "../../../db/client.ts";
import { findEvent } from "../../../db/queries/events.ts";
import { moveOrders, ordersOfEvents } from "../../../db/queries/hotline.ts";
import { orderName } from "../../domain/hotline/line.ts";
import type { Office } from "../office.ts";
import { linkOrder } from "./link-order.ts";
import { keepHotlineDue } from "./move-due.ts";

/** The orders of a merged event follow it: they are answered by the other event, under the shortest deadline. */
export async function mergeHotlineOrders(
  tx: Db,
  office: Office,
  from: string,
  into: string,
): Promise<void> {
  const orders = await ordersOfEvents(tx, [from]);
  const target = orders.length === 0 ? null : await findEvent(tx, into);
  if (target === null) return;
  await moveOrders(tx, from, into);
  for (const order of orders)
    await linkOrder(tx, order, { no: into, status: target.state.status }, office.clock.now());
  await keepHotlineDue(tx, office, into, `并入${orders.map(orderName).join("、")}`);
}
