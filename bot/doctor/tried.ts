import { type Finding, failed, ok, reasonOf } from "../../services/doctor/finding.ts";

/**
 * Tries something outside. What the other side answered comes with its advice; what has a cause or no
 * sentence is the network.
 */
export async function tried(
  what: string,
  success: string,
  noAnswer: string,
  work: () => Promise<unknown>,
): Promise<Finding> {
  try {
    await work();
    return ok(what, success);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const sentences = /^(.*?[.)])\.? ([A-Z].*)$/s.exec(message);
    return sentences?.[1] === undefined || sentences[2] === undefined
      ? failed(what, `no answer (${reasonOf(error)})`, noAnswer)
      : failed(what, sentences[1].replace(/\.$/, ""), sentences[2]);
  }
}
