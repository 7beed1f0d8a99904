import { rm } from "node:fs/promises";
import type { Database } from "../../db/client.ts";
import { findPersonById } from "../../db/queries/directory.ts";
import {
  claimReportFile,
  expireReportFiles,
  type ReportFileRow,
  settleReportFile,
} from "../../db/queries/report-files.ts";
import { noteRetention } from "../../db/queries/retention-runs.ts";
import type { Clock } from "../clock.ts";
import { type Actor, SYSTEM } from "../domain/actor.ts";
import { REPORT_DAYS } from "../domain/report-file.ts";
import { DAY_MS } from "../domain/time.ts";
import { renderReport } from "../reports/render-report.ts";
import { reportScope } from "../reports/report-scope.ts";
import type { ReportStore } from "../reports/report-store.ts";
import type { Office } from "./office.ts";

/** Prolonged while the work goes on; a renderer that died is replaced after it. */
const LEASE_MS = 60_000;
const HEARTBEAT_MS = 15_000;
const MOST_ATTEMPTS = 5;
const WAIT_AFTER_FAILURE_MS = 10_000;

/**
 * Renders what was asked for, oldest first. A crash in the middle loses nothing: the row waits on, and
 * is taken up again when its lease is over.
 *
 * @param real - real time, for leases and waits
 * @param failed - told of each try that failed; `givenUp` when there will be no more
 * @returns how many files are ready
 */
export async function renderReports(
  database: Database,
  office: Office,
  store: ReportStore,
  real: Clock,
  failed: (id: string, error: unknown, givenUp: boolean) => void,
): Promise<number> {
  let ready = 0;
  for (;;) {
    const row = await claimReportFile(database, real.now(), leaseFrom(real));
    if (row === null) return ready;
    const beat = setInterval(() => {
      settleReportFile(database, row, { leaseUntil: leaseFrom(real) }).catch(() => {});
    }, HEARTBEAT_MS);
    beat.unref();
    try {
      if (await render(database, office, store, real, row)) ready += 1;
    } catch (error) {
      const givenUp = error instanceof NoRightAnyMore || row.attempts >= MOST_ATTEMPTS;
      await settleReportFile(database, row, {
        problem: (error instanceof Error ? error.message : String(error)).slice(0, 300),
        ...(givenUp
          ? { state: "failed", finishedAt: office.clock.now() }
          : { leaseUntil: new Date(real.now().getTime() + WAIT_AFTER_FAILURE_MS) }),
      });
      failed(row.id, error, givenUp);
    } finally {
      clearInterval(beat);
    }
  }
}

const leaseFrom = (real: Clock): Date => new Date(real.now().getTime() + LEASE_MS);

/** Whoever asked has left meanwhile, or may not see it any more. */
class NoRightAnyMore extends Error {}

async function render(
  database: Database,
  office: Office,
  store: ReportStore,
  real: Clock,
  row: ReportFileRow,
): Promise<boolean> {
  const scope = await reportScope(database, await askerOf(database, row), row.kind, row.orgCode);
  if (typeof scope === "string")
    throw new NoRightAnyMore("Whoever asked may not have it any more.");
  const unfinished = await store.unfinished(row.id, row.attempts);
  const now = office.clock.now();
  let shown = 0;
  try {
    await renderReport(database.reading, row, scope, now, unfinished, async (progress) => {
      if (progress === shown) return;
      shown = progress;
      const still = await settleReportFile(database, row, {
        progress,
        leaseUntil: leaseFrom(real),
      });
      if (!still) throw new Error("Another instance renders it by now.");
    });
    const bytes = await store.keep(unfinished, row.id, row.format);
    return await settleReportFile(database, row, {
      state: "ready",
      progress: 100,
      leaseUntil: null,
      bytes,
      problem: null,
      finishedAt: now,
      expiresAt: new Date(now.getTime() + REPORT_DAYS * DAY_MS),
    });
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** With the rights of now, not of when it was asked for. */
async function askerOf(database: Database, { personId, askedBy }: ReportFileRow): Promise<Actor> {
  if (personId === null) return { ...SYSTEM, name: askedBy.name };
  const person = await findPersonById(database, personId);
  if (person === null) throw new NoRightAnyMore("Whoever asked is not in the registry any more.");
  return {
    personId: person.id,
    name: person.name,
    orgCode: person.orgCode,
    streetCode: person.streetCode,
    roles: person.roles,
    gridCodes: person.gridCodes,
    channel: "api",
    platformUserId: null,
  };
}

/** Removes reports whose time is over. @returns how many */
export async function retireReports(
  database: Database,
  office: Office,
  store: ReportStore,
): Promise<number> {
  const now = office.clock.now();
  const expired = await database.transaction(async (tx) => {
    const rows = await expireReportFiles(tx, now);
    await noteRetention(tx, {
      at: now,
      rule: "reportFiles",
      before: new Date(now.getTime() - REPORT_DAYS * DAY_MS),
      count: rows.length,
    });
    return rows;
  });
  for (const { id, format } of expired) await store.remove(id, format);
  return expired.length;
}
