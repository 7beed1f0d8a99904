import type { Database } from "../../db/client.ts";
import {
  type CardRow,
  claimOutdatedCards,
  markCardShown,
  putOffCard,
} from "../../db/queries/cards.ts";
import type { Office } from "../../services/workflows/office.ts";
import type { Channel } from "../channels/channel.ts";
import { actionsNow, nextFace } from "./face.ts";

const LEASE_MS = 30_000;
const AT_ONCE = 20;
/** After this many tries a card stays as it is until its subject moves again; its buttons answer for themselves. */
const MOST_ATTEMPTS = 10;

/**
 * Shows cards as their subjects are now, so that no dead button stays: what was done, what took a card's
 * place, what is over.
 *
 * @returns how many were looked at
 */
export async function refreshCards(
  database: Database,
  office: Office,
  channels: ReadonlyMap<string, Channel>,
): Promise<number> {
  const able = [...channels.values()].filter((channel) => channel.updateCard !== undefined);
  const cards = await claimOutdatedCards(
    database,
    able.map(({ name }) => name),
    new Date(),
    office.clock.now(),
    LEASE_MS,
    AT_ONCE,
  );
  for (const card of cards) await refreshOne(database, card, channels.get(card.channel));
  return cards.length;
}

async function refreshOne(
  database: Database,
  card: CardRow,
  channel: Channel | undefined,
): Promise<void> {
  const actions = card.state === "open" ? await actionsNow(database, card) : [];
  const result = await channel?.updateCard?.(nextFace(card, actions));
  if (result?.outcome === "sent") {
    const over = card.state === "open" && actions.length === 0;
    return markCardShown(database, card, over ? "closed" : card.state);
  }
  // A card that the platform does not know went as text.
  const givenUp = result?.outcome === "refused" || card.attempts >= MOST_ATTEMPTS;
  const wait = 1_000 * 2 ** Math.min(card.attempts, 8);
  const until = result?.outcome === "retry" ? result.retryAt : undefined;
  await putOffCard(database, card, givenUp ? null : (until ?? new Date(Date.now() + wait)));
}
