/**
 * A resident whose words somebody of the grid passed on, as `platformUserId` on that person's channel.
 * Accounts of platforms hold no colon, so none can pass for one of these.
 */
const RELAYED = "relayed:";

/** @param digest - of what tells the resident apart; name and number themselves are kept nowhere */
export const relayedSender = (account: string, digest: string): string =>
  `${RELAYED}${account}:${digest}`;

/** The account that passed a resident's words on; null for everybody who speaks for themselves. */
export function relayedBy(platformUserId: string): string | null {
  if (!platformUserId.startsWith(RELAYED)) return null;
  const end = platformUserId.lastIndexOf(":");
  return end < RELAYED.length ? null : platformUserId.slice(RELAYED.length, end);
}
