import { readFileSync } from "node:fs";
import { scoreLabels } from "../../bot/learning/label-scores.ts";
import { readExamples } from "../../bot/learning/read-examples.ts";
import { classify } from "../../bot/understanding/learned/classifier.ts";
import { readModel } from "../../bot/understanding/learned/model-file.ts";

/** `eval --model MODEL --cases FILE`: how often a trained model finds the label. */
export function scoreModel(modelPath: string, casesPath: string) {
  const started = performance.now();
  const model = readModel(content(modelPath));
  const guesses = readExamples(casesPath).map(({ text, label }) => ({
    right: label,
    guessed: classify(model, text)[0]?.label ?? "",
  }));
  const seconds = Math.round(performance.now() - started) / 1000;
  return { ...scoreLabels(guesses), seconds };
}

function content(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`The model ${path} cannot be read. Make one with \`npm run train\`.`, {
      cause,
    });
  }
}
