import type { Db } from "../db/client.ts";
import {
  findGrid,
  findGroup,
  type Grid,
  type Group,
  groupsOfConversation,
} from "../db/queries/directory.ts";
import { API_CHANNEL } from "../services/domain/api-sender.ts";
import type { IncomingMessage } from "../services/domain/incoming.ts";

/** Where a message was said. */
export type Setting =
  | { type: "private" }
  | { type: "group"; group: Group; grid: Grid | null }
  /** a group that the registry does not know: nothing in it is read */
  | { type: "strangeGroup"; conversationId: string };

export async function settingOf(db: Db, message: IncomingMessage): Promise<Setting> {
  const { id, type } = message.conversation;
  if (type === "private") return { type: "private" };
  const group = (await findGroup(db, message.channel, id)) ?? (await simulatedGroup(db, message));
  if (group === null) return { type: "strangeGroup", conversationId: id };
  return {
    type: "group",
    group,
    grid: group.gridCode === null ? null : await findGrid(db, group.gridCode),
  };
}

/** In the sandbox people may speak in a group of any channel, and an app may report from one. */
async function simulatedGroup(db: Db, message: IncomingMessage): Promise<Group | null> {
  if (![API_CHANNEL, "sandbox"].includes(message.channel)) return null;
  const [group] = await groupsOfConversation(db, message.conversation.id);
  return group ?? null;
}
