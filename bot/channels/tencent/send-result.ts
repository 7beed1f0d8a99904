import type { SendResult } from "../channel.ts";
import { field } from "../common/post-json.ts";
import type { Verdict } from "../common/verdict.ts";

export function resultOf(verdict: Verdict): SendResult {
  switch (verdict.outcome) {
    case "ok":
      return { outcome: "sent", platformMessageId: field(verdict.body, "msgid") ?? null };
    case "limited":
      return { outcome: "retry", reason: verdict.reason, retryAt: verdict.retryAt };
    case "rejected":
      return { outcome: "refused", reason: verdict.reason };
    default:
      return { outcome: "retry", reason: verdict.reason };
  }
}
