import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCalendar } from "../../../services/calendar.ts";
import { seededChance } from "../../../services/chance.ts";
import { nextWorkday } from "../../../services/domain/calendar.ts";
import { addDays, localDay } from "../../../services/domain/time.ts";
import { FAILPOINTS, type Failpoint } from "../../../services/failpoint.ts";
import { costs } from "../../support/chaos/table.ts";
import { tally } from "../../support/chaos/tally.ts";
import { openToldSystem, type ToldSystem } from "../../support/chaos/told-system.ts";
import { openTown, type Report, type Town } from "../../support/chaos/town.ts";
import { eventually, type RunningProduct } from "../../support/product.ts";

/** Further deaths at points drawn by chance, also while the product recovers from the one before. */
const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 0);
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);

const REPORTS_A_LIFE = 3;
/** Between sending and noting, on a busy machine. */
const IN_FLIGHT_MS = 5_000;
const onPostgres = process.env.TEST_ENGINE === "postgres";
/** A start takes seconds, so the suite takes a sample; all points with rounds, others by their names. */
const SAMPLE = onPostgres
  ? "claimed,written,remindersWritten"
  : "stored,sent,remindersWritten,webhookTold";
const asked = (process.env.CHAOS_POINTS ?? (ROUNDS > 0 ? FAILPOINTS.join() : SAMPLE)).split(",");
const POINTS = FAILPOINTS.filter((point) => asked.includes(point));
if (POINTS.length < FAILPOINTS.length)
  console.info(
    `killed-at-each-step: ${POINTS.join(", ")}; all ${FAILPOINTS.length} with CHAOS_ROUNDS`,
  );
const OF_MESSAGES = FAILPOINTS.slice(0, FAILPOINTS.indexOf("dutiesClaimed"));

describe("a product that is killed after each step of a message, a reminder and a webhook", () => {
  let town: Town;
  let system: ToldSystem;
  const table = costs();
  let day = nextWorkday(makeCalendar(), addDays(localDay(new Date()), 14));

  beforeAll(async () => {
    system = await openToldSystem();
    town = await openTown({ SANDBOX: "1", WEBHOOK_PRIVATE_HOSTS: "127.0.0.1" });
    const product = await town.live();
    const taken = await product.api("/api/webhooks", { url: system.url, subjects: ["event"] });
    expect(taken.status).toBe(201);
    await town.answered(town.report(1));
    await product.stop();
  }, 300_000);
  afterAll(async () => {
    table.print("killed after each step");
    await town?.close();
    await system?.close();
  });

  it("loses nothing, does nothing twice, and repeats words only between sending and noting", async () => {
    const deaths: Death[] = [];
    for (const point of POINTS) {
      const { product, arm, died } = await town.doomed(point);
      await town.gateway.stream.connected(1, 30_000);
      // PGlite belongs to one process, so the next one takes over at once; on a server leases run out.
      if (!onPostgres) await Promise.all(deaths.map(({ recovered }) => recovered));
      arm();
      const said = isOfSweep(point) ? [] : town.report(REPORTS_A_LIFE);
      const recovered = isOfSweep(point) ? timePasses(product) : settled(said);
      await died;
      console.info(`killed after ${point}`);
      deaths.push({ fault: `killed after ${point}`, at: Date.now(), said, recovered });
    }
    const chance = seededChance(SEED);
    for (let round = 1; round <= ROUNDS; round++) {
      const { product, arm, died } = await town.doomed(chance.of(OF_MESSAGES));
      if (chance.in(0.5)) arm();
      const said = town.report(REPORTS_A_LIFE);
      const recovered = settled(said);
      // Some die at a step, some at any moment; the next may die before it has recovered from that.
      await Promise.race([died, wait(chance.between(0, 2_000)).then(() => product.kill())]);
      await died.catch(() => {});
      console.info(`round ${round} of ${ROUNDS}, CHAOS_SEED=${SEED}`);
      deaths.push({ fault: "killed by chance", at: Date.now(), said, recovered });
    }

    const last = await town.live();
    const recoveries: number[] = [];
    for (const { at, recovered } of deaths) recoveries.push(Math.max(0, (await recovered) - at));
    await quiet(last);
    await last.stop();
    const found = await tally(town);
    deaths.forEach(({ fault, at, said }, index) => {
      const doubled = found.repeated.filter((one) => isJustBefore(one.at, at)).length;
      table.add({
        fault,
        lost: said.filter(({ door }) => found.lost.includes(door)).length,
        doubled,
        recoveryMs: recoveries[index] ?? Number.NaN,
        note: doubled > 0 ? "said, not yet noted" : "",
      });
    });
    const starts = [...town.starts].sort((a, b) => a - b);
    console.info(`a start took ${starts[0]} to ${starts.at(-1)} ms`);

    expect(found).toMatchObject({
      events: town.reports.length,
      lost: [],
      doubled: [],
      withoutDuty: [],
      unanswered: [],
      stuck: 0,
    });
    // At least once: a death between sending and noting says the same words again, nothing else does.
    expect(
      found.repeated.filter(({ at }) => !town.deaths.some((death) => isJustBefore(at, death))),
    ).toEqual([]);
    const told = system.heard().filter(({ action }) => action === "report");
    expect(new Set(told.map(({ no }) => no)).size).toBe(town.reports.length);
    const again = told.filter(({ id }, index) => told.findIndex((one) => one.id === id) < index);
    expect(again.length).toBeLessThanOrEqual(REPORTS_A_LIFE * deaths.length);
  }, 1_800_000);

  /** The moment when each was answered and the other system told. */
  async function settled(said: readonly Report[]): Promise<number> {
    const answered = await town.answered(said, 600_000);
    return eventually(async () => {
      const told = system.heard().filter(({ action }) => action === "report");
      const numbers = town.numbersOf(said);
      const first = numbers.map((no) => told.find((one) => one.no === no)?.at);
      return first.includes(undefined) ? null : Math.max(answered, ...first.map(Number));
    }, 600_000);
  }

  /** The next working day comes; the moment when the work group was reminded. */
  function timePasses(product: RunningProduct): Promise<number> {
    day = nextWorkday(makeCalendar(), addDays(day, 1));
    const since = Date.now();
    product.api("/sandbox/clock", { now: `${day}T10:30:00+08:00` }).catch(() => {});
    return eventually(async () => {
      const said = town.gateway
        .sent()
        .find(({ at, text }) => at.getTime() >= since && /【(提醒|黄牌|到期|红牌)/.test(text));
      return said?.at.getTime() ?? null;
    }, 600_000);
  }

  /** Everything that was to be said is said, and other systems were told. */
  const quiet = (product: RunningProduct): Promise<true> =>
    eventually(async () => {
      const { body } = await product.api("/api/webhooks");
      const waiting = (body.items as { waiting: number }[]).some((one) => one.waiting > 0);
      return waiting || (await town.waiting(product)) > 0 ? null : true;
    }, 200_000);
});

interface Death {
  fault: string;
  at: number;
  said: Report[];
  recovered: Promise<number>;
}

const isJustBefore = (at: number, death: number): boolean =>
  at <= death + 50 && at > death - IN_FLIGHT_MS;

const isOfSweep = (point: Failpoint): boolean => /^(duties|reminders)/.test(point);
