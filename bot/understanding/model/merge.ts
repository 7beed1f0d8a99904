import type { Understanding } from "../../../services/domain/understanding.ts";
import type { Heard } from "../heard.ts";
import type { Knowledge } from "../understand-by-rules.ts";
import type { Proposal } from "./chat-model.ts";

export function mergeReadings(rules: Understanding, proposal: Proposal, _heard: Heard, _knowledge: Knowledge): Understanding {
  return { ...rules, by: "hybrid", promptVersion: proposal.promptVersion };
}
