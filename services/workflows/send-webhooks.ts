import type { Database } from "../../db/client.ts";
import {
  type ClaimedDelivery,
  claimDeliveries,
  settleDelivery,
} from "../../db/queries/webhooks.ts";
import type { AddressGuard } from "../address-guard.ts";
import type { Clock } from "../clock.ts";
import { isoLocal } from "../domain/time.ts";
import { waitAfter } from "../domain/webhook.ts";
import { failpoint } from "../failpoint.ts";
import { signedPost } from "../signed-post.ts";

const AT_ONCE = 20;
const LEASE_MS = 30_000;

/**
 * Tells other systems what changed. A change is a number with what was done and the state it led to; what
 * it means is asked for by the API, with the asker's own right. Redirections are not followed.
 *
 * @param real - leases and waits follow real time
 * @param guard - looks at each address again before it is called: names may lead elsewhere by now
 * @param failed - told when a system does not take something
 * @returns how many were told
 */
export async function sendWebhooks(
  database: Database,
  real: Clock,
  publicUrl: string,
  guard: AddressGuard,
  failed: (url: string, problem: string, givenUp: boolean) => void,
): Promise<number> {
  let sent = 0;
  for (;;) {
    const now = real.now();
    const claimed = await claimDeliveries(
      database,
      now,
      new Date(now.getTime() + LEASE_MS),
      AT_ONCE,
    );
    if (claimed.length === 0) return sent;
    failpoint("webhooksClaimed");
    await Promise.all(
      claimed.map(async (delivery) => {
        const problem = await tell(delivery, real, publicUrl, guard);
        if (problem === null) {
          failpoint("webhookTold");
          sent += 1;
          const outcome = { state: "sent", sentAt: real.now(), problem: null } as const;
          await settleDelivery(database, delivery, outcome);
          return failpoint("webhookNoted");
        }
        const wait = waitAfter(delivery.attempts);
        failed(delivery.url, problem, wait === null);
        return settleDelivery(
          database,
          delivery,
          wait === null
            ? { state: "failed", problem }
            : { problem, nextTryAt: new Date(real.now().getTime() + wait) },
        );
      }),
    );
  }
}

/** @returns what was wrong; null when it was taken */
async function tell(
  delivery: ClaimedDelivery,
  real: Clock,
  publicUrl: string,
  guard: AddressGuard,
): Promise<string | null> {
  const { id, subjectType, subjectNo, action, status, at } = delivery;
  const path = subjectType === "event" ? "events" : "call-tickets";
  const body = JSON.stringify({
    type: `${subjectType}.${action}`,
    timestamp: isoLocal(at),
    data: { no: subjectNo, action, status, url: `${publicUrl}/api/${path}/${subjectNo}` },
  });
  try {
    const { ok, status: answered } = await signedPost(delivery, id, body, real, guard);
    return ok ? null : `HTTP ${answered}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
