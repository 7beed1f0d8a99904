import type { Database } from "../../db/client.ts";
import { findCall } from "../../db/queries/calls.ts";
import { findEvent } from "../../db/queries/events.ts";
import type { OutboxRow } from "../../db/queries/outbox.ts";
import { loadSampleDistrict } from "../../db/registry/sample-district.ts";
import { makeCalendar } from "../../services/calendar.ts";
import { seededChance } from "../../services/chance.ts";
import { SYSTEM } from "../../services/domain/actor.ts";
import { DEFAULT_POLICY } from "../../services/domain/policy.ts";
import { REMINDERS_NOTICE } from "../../services/domain/reminder-item.ts";
import { MINUTE_MS } from "../../services/domain/time.ts";
import { actOnCall } from "../../services/workflows/act-on-call.ts";
import { actOnEvent } from "../../services/workflows/act-on-event.ts";
import { deliverOutbox } from "../../services/workflows/deliver-outbox.ts";
import { draftCall } from "../../services/workflows/draft-call.ts";
import type { Office } from "../../services/workflows/office.ts";
import { sweepReminders } from "../../services/workflows/remind.ts";
import { reportEvent } from "../../services/workflows/report-event.ts";
import { watchCalls } from "../../services/workflows/watch-calls.ts";
import { aCallDraft, nextCallMove } from "./callers.ts";
import { nextMove } from "./handlers.ts";
import { countDuties, type Violations, violationsOf } from "./invariants.ts";
import { aReport, aReporter, readBenchDistrict } from "./reports.ts";
import { type SaidItem, saidItems } from "./said.ts";

export interface MonthOptions {
  events: number;
  calls: number;
  seed: number;
  /** how much simulated time lies between two sweeps */
  sweepMinutes: number;
  days: number;
}

export interface MonthReport {
  events: number;
  calls: number;
  actions: number;
  refused: number;
  duties: { all: number; open: number };
  sweeps: number;
  /** calls in which time made evidence */
  evidence: number;
  reminders: { digests: number; items: number; byKind: Record<string, number> };
  failures: number;
  gaps: string[];
  violations: Violations;
  seconds: number;
}

/** The month has the Mid-Autumn and the National Day holidays in it, with their make-up days. */
const START = "2026-09-14T08:00:00+08:00";

/**
 * A month of the sample district: events come in, people act in time, late or never, a channel is away
 * now and then, two instances sweep at once. Everything runs through the product's own workflows.
 */
export async function simulateMonth(
  database: Database,
  { events, calls, seed, sweepMinutes, days }: MonthOptions,
): Promise<MonthReport> {
  const began = performance.now();
  const chance = seededChance(seed);
  let now = new Date(START);
  const end = new Date(now.getTime() + days * 24 * 60 * MINUTE_MS);
  await loadSampleDistrict(database, now);
  const office: Office = {
    clock: { now: () => now },
    calendar: makeCalendar(),
    policy: DEFAULT_POLICY,
    channels: new Set(["sandbox"]),
  };
  const district = await readBenchDistrict(database);
  const diary = new Diary();
  const reporting = days * 0.8 * 24 * 60;
  const sometime = () => new Date(now.getTime() + chance.between(0, reporting) * MINUTE_MS);
  for (let count = 0; count < events; count++) diary.note(sometime(), report);
  for (let count = 0; count < calls; count++) diary.note(sometime(), call);

  const said: SaidItem[] = [];
  const seen = { actions: 0, refused: 0, sweeps: 0, digests: 0, failures: 0, evidence: 0 };
  const gaps = new Set<string>();
  while (now < end) {
    await letPeopleAct(sweepMinutes / 2);
    await Promise.all(chance.in(0.2) ? [sweep(), sweep()] : [sweep()]);
    // What was written waits while people act: half a round, or longer while the channel is away.
    await letPeopleAct(sweepMinutes / 2);
    if (!chance.in(1 / 4)) await deliver();
  }
  await sweep();
  return {
    events,
    calls,
    actions: seen.actions,
    refused: seen.refused,
    duties: await countDuties(database),
    sweeps: seen.sweeps,
    evidence: seen.evidence,
    reminders: { digests: seen.digests, items: said.length, byKind: countKinds(said) },
    failures: seen.failures,
    gaps: [...gaps],
    violations: await violationsOf(database, office.calendar, said, now),
    seconds: Math.round(performance.now() - began) / 1000,
  };

  async function letPeopleAct(minutes: number): Promise<void> {
    now = after(minutes);
    for (const happens of diary.until(now)) await happens();
  }

  async function report(): Promise<void> {
    const { row } = await database.transaction((tx) =>
      reportEvent(tx, office, aReport(chance, district), aReporter(chance, district)),
    );
    await planEvent(row.no);
  }

  async function planEvent(no: string): Promise<void> {
    const event = await findEvent(database, no);
    const move = event === null ? null : nextMove(event.state, district.workers, chance);
    if (move === null) return;
    diary.note(after(move.afterMinutes), async () => {
      const done = await database.transaction((tx) =>
        actOnEvent(tx, office, no, move.command, SYSTEM, null),
      );
      await goOn(done.ok, () => planEvent(no));
    });
  }

  async function call(): Promise<void> {
    const draft = aCallDraft(chance.of(district.items), chance.in(0.3), now, chance);
    const officer = chance.of(district.officers);
    const drafted = await database.transaction((tx) =>
      draftCall(tx, office, draft, [], officer, null),
    );
    await goOn(drafted.ok, async () => {
      if (drafted.ok) await planCall(drafted.call.row.no);
    });
  }

  async function planCall(no: string): Promise<void> {
    const found = await findCall(database, no);
    const move = found === null ? null : nextCallMove(found.state, now, chance);
    if (move === null) return;
    diary.note(after(move.afterMinutes), async () => {
      const done = await database.transaction((tx) =>
        actOnCall(tx, office, no, move.command, SYSTEM, null),
      );
      await goOn(done.ok, () => planCall(no));
    });
  }

  async function goOn(ok: boolean, next: () => Promise<void>): Promise<void> {
    seen.actions++;
    if (ok) await next();
    else seen.refused++;
  }

  function after(minutes: number): Date {
    return new Date(now.getTime() + minutes * MINUTE_MS);
  }

  async function sweep(): Promise<void> {
    seen.sweeps++;
    await sweepReminders(database, office, {
      failed: () => {
        seen.failures++;
      },
      gap: ({ missing, orgCode }) => gaps.add(`${missing} of ${orgCode}`),
    });
    seen.evidence += await watchCalls(database, office, () => {
      seen.failures++;
    });
  }

  async function deliver(): Promise<void> {
    const send = async (row: OutboxRow) => {
      if (row.body.kind === REMINDERS_NOTICE) {
        seen.digests++;
        said.push(...saidItems(row, now));
      }
      return { outcome: "sent" as const, platformMessageId: null };
    };
    while ((await deliverOutbox(database, office, ["sandbox"], send)) > 0);
  }
}

type Happening = () => Promise<void>;

/** What will happen, by its moment. */
class Diary {
  private entries: { at: Date; happens: Happening }[] = [];

  note(at: Date, happens: Happening): void {
    this.entries.push({ at, happens });
  }

  /** Everything up to `now`, in order; it is then gone. */
  until(now: Date): Happening[] {
    const due = this.entries.filter(({ at }) => at <= now);
    this.entries = this.entries.filter(({ at }) => at > now);
    return due.sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ happens }) => happens);
  }
}

function countKinds(said: readonly SaidItem[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { item } of said) counts[item.kind] = (counts[item.kind] ?? 0) + 1;
  return counts;
}
