import { createEar } from "../../bot/understanding/understand.ts";
import { makeLog } from "../../services/log.ts";
import { scoreDuplicates } from "./duplicates.ts";
import { sampleEarDirectory } from "./sample-directory.ts";

/** How surely texts of one matter are found; categories are those our own reader finds. */
export async function evaluateDuplicates(groups: string, texts: string): Promise<object> {
  const directory = sampleEarDirectory();
  const ear = await createEar({ directory, model: null, log: makeLog("silent") });
  const categoryOf = (text: string) =>
    ear.glance(text.slice(0, 300)).categories[0] ?? "other.unclear";
  return scoreDuplicates({ groups, texts }, categoryOf);
}
