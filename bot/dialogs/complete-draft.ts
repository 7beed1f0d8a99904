import { BotkitConversation } from "botkit";
import type { SafeBotkit } from "./safe-botkit.ts";

export const COMPLETE_DRAFT = "completeDraft";

/**
 * Asks a street officer for what the draft of a call lacks, one thing at a time. What is still missing
 * is no business of the dialog: `facts.next` brings the next question, null ends it.
 */
export function completeDraft(botkit: SafeBotkit): BotkitConversation {
  const conversation = new BotkitConversation(COMPLETE_DRAFT, botkit);
  conversation.ask(
    "{{{vars.question}}}",
    async (_answer, convo, _bot, message) => {
      const facts = (message as unknown as { facts?: { next?: string | null } }).facts ?? {};
      if (typeof facts.next !== "string") return;
      convo.setVar("question", facts.next);
      await convo.repeat();
    },
    "answer",
  );
  return conversation;
}
