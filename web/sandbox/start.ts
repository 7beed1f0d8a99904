import type { Chat } from "./chat.ts";
import { remembered } from "./remembered.ts";

/** Opens where one left off; the first time, the first residents' group. Null where there is no group. */
export async function start(chat: Chat): Promise<string | null> {
  await chat.load();
  if (chat.state.value !== "ready") return null;
  const known = chat.conversations.value;
  const before = remembered().conversationId;
  const first =
    known.find((one) => one.conversationId === before) ??
    known.find((one) => one.kind === "resident") ??
    known[0];
  if (first === undefined) return null;
  await chat.open(first.conversationId);
  return first.conversationId;
}
