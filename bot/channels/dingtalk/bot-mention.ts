import type { RobotMessage } from "./robot-message.ts";

/** DingTalk ends a mention with U+2005, other clients with a blank. */
const LEADING_MENTION = /^\s*@\S+?(?:\s+|$)/u;

/**
 * The text without the mention of the bot itself. DingTalk mostly takes it out; where it is left, it is
 * found by the bot's id, or because it leads the message and the bot is the only one mentioned.
 */
export function withoutBotMention(text: string, message: RobotMessage): string {
  const ids = message.chatbotUserId === undefined ? [] : [message.chatbotUserId];
  const byId = ids.reduce((rest, id) => rest.replaceAll(`@${id}`, ""), text);
  const othersMentioned = (message.atUsers?.length ?? 0) > 1;
  const mayLead = message.conversationType === "2" && message.isInAtList === true;
  const left = mayLead && !othersMentioned ? byId.replace(LEADING_MENTION, "") : byId;
  return left.trim();
}
