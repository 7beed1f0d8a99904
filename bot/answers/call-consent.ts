import { callCandidates } from "../commands/call-target.ts";
import { signWithNumber } from "../replies/call-consent.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";

const CONSENT = /^(?:我?同意了?|可以的?|好的?|没意见|行)[\s吧啊呀哈!!。.,,~~]*$/;

/**
 * A principal who only says 「同意」 while calls wait for the signature is told how to sign. A signature
 * sends departments out, so it always names its call. Null where nothing waits, or somebody else speaks.
 */
export async function answerBareConsent(turn: Turn): Promise<TurnResult | null> {
  if (!turn.speaker.roles.includes("streetPrincipal")) return null;
  if (turn.message.conversation.type !== "private") return null;
  if (!CONSENT.test(turn.message.text.trim())) return null;
  const waiting = await callCandidates(turn, "approve");
  return waiting.length === 0
    ? null
    : onlySay(here(signWithNumber(waiting.map(({ row: { no, summary } }) => ({ no, summary })))));
}
