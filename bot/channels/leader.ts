import { randomUUID } from "node:crypto";
import type { Database } from "../../db/client.ts";
import { dropLead, takeLead } from "../../db/queries/leads.ts";
import type { Log } from "../../services/log.ts";

export interface LeadOptions {
  database: Database;
  /** what only one process may hold, such as the connection of one bot */
  name: string;
  onLead(): void;
  onLost(): void;
  log: Log;
  /** milliseconds; the lease outlives some renewals that fail */
  renewEveryMs?: number;
  leaseMs?: number;
}

export interface Lead {
  leads(): boolean;
  /** Gives the lead up at once. */
  stop(): Promise<void>;
}

/**
 * One process of all that share the database leads; another takes over when it stops, or when its lease
 * runs out because it died. Whoever cannot renew the lease gives up before it runs out. The embedded
 * database belongs to one process, which leads.
 */
export async function keepLead(options: LeadOptions): Promise<Lead> {
  const { database, name, log, renewEveryMs = 5_000, leaseMs = 15_000 } = options;
  const holder = randomUUID();
  let leading = false;
  let renewedAt = 0;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let renewing: Promise<void> = Promise.resolve();

  const enter = (lead: boolean) => {
    if (leading === lead) return;
    leading = lead;
    log.info({ name }, lead ? "leads" : "no longer leads");
    if (lead) options.onLead();
    else options.onLost();
  };
  if (database.engine === "pglite") enter(true);
  else await tick();

  return {
    leads: () => leading,
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await renewing;
      const led = leading;
      enter(false);
      if (led && database.engine !== "pglite")
        await dropLead(database, name, holder).catch(() => {});
    },
  };

  async function tick(): Promise<void> {
    renewing = renew();
    await renewing;
    if (!stopped) timer = setTimeout(() => void tick(), renewEveryMs);
  }

  async function renew(): Promise<void> {
    const askedAt = performance.now();
    // A database that hangs must not keep the lead alive.
    const watch = setTimeout(() => enter(false), Math.max(0, renewedAt + leaseMs - askedAt));
    try {
      const taken = await takeLead(database, name, holder, leaseMs);
      if (taken) renewedAt = askedAt;
      enter(taken && !stopped && performance.now() < askedAt + leaseMs);
    } catch (error) {
      const problem = error instanceof Error ? error.name : "unknown";
      log.warn({ name, problem }, "the lead could not be renewed");
      if (performance.now() > renewedAt + leaseMs - renewEveryMs) enter(false);
    } finally {
      clearTimeout(watch);
    }
  }
}
