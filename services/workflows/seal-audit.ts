import { v7 } from "uuid";
import type { Database, Db } from "../../db/client.ts";
import {
  auditBetween,
  insertSeal,
  lastSeal,
  mayGoOnSealing,
} from "../../db/queries/audit-seals.ts";
import { FIRST_LINK, link } from "../audit/chain.ts";
import type { Clock } from "../clock.ts";
import { MINUTE_MS } from "../domain/time.ts";

/**
 * An entry's id is older than its commit. After so long a wait nothing earlier can still come: no
 * transaction of the product lasts that long.
 */
const SETTLED_MS = 10 * MINUTE_MS;
const MOST_ENTRIES = 2_000;

/**
 * Goes on with the chain over the audit trail, for what was written long enough ago. Any number of
 * instances may ask; one does it.
 *
 * @param real - real time, which ids are made of
 * @returns how many entries were sealed
 */
export async function sealAudit(database: Database, real: Clock): Promise<number> {
  let sealed = 0;
  for (;;) {
    const more = await database.transaction((tx) => sealMore(tx, real));
    sealed += more;
    if (more < MOST_ENTRIES) return sealed;
  }
}

async function sealMore(tx: Db, real: Clock): Promise<number> {
  if (!(await mayGoOnSealing(tx))) return 0;
  const before = await lastSeal(tx);
  const now = real.now();
  const entries = await auditBetween(
    tx,
    before?.throughId ?? null,
    lastIdOf(new Date(now.getTime() - SETTLED_MS)),
    MOST_ENTRIES,
  );
  const last = entries.at(-1);
  if (last === undefined) return 0;
  await insertSeal(tx, {
    seq: (before?.seq ?? 0) + 1,
    throughId: last.id,
    entries: entries.length,
    hash: link(before?.hash ?? FIRST_LINK, entries),
    sealedAt: now,
  });
  return entries.length;
}

/** No id of that moment is greater. */
const lastIdOf = (at: Date): string =>
  v7({ msecs: at.getTime(), random: new Uint8Array(16).fill(255), seq: 0xffffffff });
