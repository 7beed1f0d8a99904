import type { Ack, Delivery } from "./deliveries.ts";
import type { World } from "./world.ts";

const TOPIC_CARD = "/v1.0/card/instances/callback";
const ANSWER_WITHIN_MS = 2_000;

/**
 * Somebody presses a button of a card that was made with `callbackType: "STREAM"`.
 *
 * @returns the acknowledgement, which may carry card data
 * @throws when it does not come within two seconds
 */
export async function pressCard(
  world: World,
  outTrackId: string,
  userId: string,
  params: Record<string, unknown>,
): Promise<Ack> {
  const card = world.cards.get(outTrackId);
  if (card?.callbackType !== "STREAM") {
    throw new Error(
      `${outTrackId} is no card with callbackType STREAM; its press would not arrive.`,
    );
  }
  const content = JSON.stringify({ cardPrivateData: { actionIds: ["1"], params } });
  const { corpId } = world.settings;
  const data = { type: "actionCallback", outTrackId, corpId, userId, spaceType: "im", content };
  const delivery: Delivery = await world.hub.push(TOPIC_CARD, JSON.stringify(data), outTrackId);
  return delivery.acked(ANSWER_WITHIN_MS);
}
