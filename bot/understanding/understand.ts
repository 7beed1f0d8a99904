import type { Understanding } from "../../services/domain/understanding.ts";
import type { Log } from "../../services/log.ts";
import type { UnderstandingDirectory } from "./directory.ts";
import { type Glance, glance } from "./glance.ts";
import type { Heard } from "./heard.ts";
import { buildKnowledgeGently } from "./knowledge.ts";
import type { ChatModel } from "./model/chat-model.ts";
import { mergeReadings } from "./model/merge.ts";
import { understandByRules } from "./understand-by-rules.ts";

export type { UnderstandingDirectory } from "./directory.ts";
export type { Heard, RecentEvent, Speaker } from "./heard.ts";

/** Listens to a message and says what was meant. Never throws for anything that people can write. */
export interface Ear {
  understand(heard: Heard): Promise<Understanding>;
  /** the same by rules alone: nothing is asked of anybody, nothing is spent */
  rehearse(heard: Heard): Understanding;
  /** categories and place of words cut out of a command; by rules, at once */
  glance(text: string): Glance;
  /** takes in a changed registry; messages in work finish with the old one */
  learn(directory: UnderstandingDirectory): Promise<void>;
}

export interface EarOptions {
  directory: UnderstandingDirectory;
  /** null: rules alone */
  model: ChatModel | null;
  log: Log;
  /** `llm` lets the model speak even where the rules would not ask it, to compare the two; `hybrid` */
  parser?: "rules" | "llm" | "hybrid";
}

export async function createEar(options: EarOptions): Promise<Ear> {
  let knowledge = await buildKnowledgeGently(options.directory);
  return {
    async learn(directory) {
      knowledge = await buildKnowledgeGently(directory);
    },
    rehearse: (heard) => understandByRules(heard, knowledge),
    glance: (text) => glance(text, knowledge),
    async understand(heard) {
      const known = knowledge;
      const byRules = understandByRules(heard, known);
      if (options.model === null || options.parser === "rules") return byRules;
      if (heard.chosenCategory !== undefined) return byRules;
      if (options.parser !== "llm" && !worthAsking(byRules)) return byRules;
      const proposal = await options.model.propose(heard, [...known.catalog.values()]);
      if (proposal === null) return byRules;
      options.log.debug({ promptVersion: proposal.promptVersion }, "model proposal merged");
      const merged = mergeReadings(byRules, proposal, heard, known);
      if (!heard.order || merged.items.length === 0) return heard.order ? byRules : merged;
      return { ...merged, kind: byRules.kind, items: merged.items.slice(0, 1) };
    },
  };
}

/** What rules decide for good is not asked: orders, dangers, advertisements, attacks, privacy. */
const worthAsking = (reading: Understanding): boolean =>
  ["report", "consult", "help", "suggestion", "complaint", "chitchat"].includes(reading.kind);
