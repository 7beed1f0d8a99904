import { BotkitConversation } from "botkit";
import type { SafeBotkit } from "./safe-botkit.ts";

export const CLARIFY_REPORT = "clarifyReport";

/** Begun with the number of the draft and the questions, in the order they may be asked. */
export interface ClarifyVars {
  no: string;
  questions: string[];
}

/**
 * Asks for the one thing a report lacks. An answer that does not name it gets the next question; when
 * the questions run out a person takes over. `facts.fits` says whether the answer named it.
 */
export function clarifyReport(botkit: SafeBotkit): BotkitConversation {
  const conversation = new BotkitConversation(CLARIFY_REPORT, botkit);
  conversation.ask(
    "{{{vars.question}}}",
    async (_answer, convo, _bot, message) => {
      const facts = (message as unknown as { facts?: { fits?: boolean } }).facts ?? {};
      if (facts.fits) {
        convo.setVar("outcome", "answered");
        return;
      }
      const [next, ...later] = convo.vars.later as string[];
      if (next === undefined) {
        convo.setVar("outcome", "person");
        return;
      }
      convo.setVar("question", next);
      convo.setVar("later", later);
      await convo.repeat();
    },
    "answer",
  );
  return conversation;
}

export const clarifyStart = ({ no, questions }: ClarifyVars) => ({
  no,
  question: questions[0] ?? "",
  later: questions.slice(1),
});
