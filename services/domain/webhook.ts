/** What another system can be told about. */
export const WEBHOOK_SUBJECTS = ["event", "call"] as const;
export type WebhookSubject = (typeof WEBHOOK_SUBJECTS)[number];

/** `failed`: given up after three days; a replay begins anew. */
export const WEBHOOK_STATES = ["waiting", "sent", "failed"] as const;

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;
/** Ten doublings reach the hour; with one try an hour that is three days. */
const MOST_ATTEMPTS = 10 + 72;

/** How long to wait after so many tries; null when that was the last. */
export function waitAfter(attempts: number): number | null {
  if (attempts >= MOST_ATTEMPTS) return null;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
}

/** Whether an address may be told: http or https, without a name or password in it. */
export function isWebhookUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  } catch {
    return false;
  }
}
