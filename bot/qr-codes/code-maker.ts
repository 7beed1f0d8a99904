import type { Verdict } from "../channels/common/verdict.ts";

/** The address that a QR code holds: whoever opens it in WeChat writes to us, and the scene says the grid. */
export type CodeMaker = (gridCode: string) => Promise<string>;

/** The platform gave no code; what lies there stays, and the same command goes on later. */
export class NoCode extends Error {}

/** What an answer holds. @throws NoCode with what to do */
export function answered(verdict: Verdict, what: string): unknown {
  switch (verdict.outcome) {
    case "ok":
      return verdict.body;
    case "limited":
      throw new NoCode(
        `${what}: the platform asks for patience (${verdict.reason}). Run the command again after ${verdict.retryAt.toISOString()}: it goes on where it stopped.`,
      );
    case "rejected":
      throw new NoCode(`${what}: ${adviceOn(verdict.code)} (${verdict.reason}).`);
    default:
      throw new NoCode(
        `${what}: no answer that can be used (${verdict.reason}). Run the command again: it goes on where it stopped.`,
      );
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  "45029":
    "the account has its 100,000 permanent codes; name fewer grids, or use 微信客服, which needs none",
  "48001": "the account may not make codes; a verified service account (认证服务号) may",
  "95000": "there is no such account of 微信客服; see which there are without --kf-account",
};

const adviceOn = (code: string): string =>
  ADVICE[code] ?? "the platform refused it; look its number up in its documents";
