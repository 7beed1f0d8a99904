import { sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import type { Clock } from "../clock.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

const NOTICEABLE_MS = 2_000;
// Leases last 60 s: with clocks that far apart two instances may take up the same message.
const DANGEROUS_MS = 30_000;

/** How far this machine's clock is from the database's. */
export async function checkClockSkew(database: Db, clock: Clock): Promise<Finding> {
  const before = clock.now().getTime();
  const [row] = await database.rows<{ at: string }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as at`,
  );
  const after = clock.now().getTime();
  const skew = Math.abs(Number(row?.at) - (before + after) / 2);
  const apart = `${(skew / 1000).toFixed(1)} s apart from the database`;
  const advice = "Let NTP (chrony, systemd-timesyncd) keep the time on both machines.";
  if (skew > DANGEROUS_MS) return failed("clock", apart, advice);
  if (skew > NOTICEABLE_MS + (after - before)) return warning("clock", apart, advice);
  return ok("clock", "agrees with the database");
}
