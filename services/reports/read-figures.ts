import type { Db } from "../../db/client.ts";
import {
  allCategories,
  allOrgs,
  findDistrict,
  findOrg,
  type Org,
} from "../../db/queries/directory.ts";
import {
  categoriesIn,
  findingsIn,
  hardEventsOpen,
  overdueByOwner,
} from "../../db/queries/report-figures.ts";
import { countCalls } from "../../db/queries/stats/call-counts.ts";
import { countAllEvents } from "../../db/queries/stats/event-counts.ts";
import type { Period } from "../../db/queries/stats/event-rows.ts";
import { callRates, NO_CALLS } from "../domain/call-rates.ts";
import { FAULT_NAMES } from "../domain/call-ticket.ts";
import { maskPersonalData } from "../domain/masking.ts";
import { overviewRates } from "../domain/rates.ts";
import { narrowTo, type StatsScope } from "../domain/stats-scope.ts";
import { statsPlaceOf } from "../stats-place.ts";
import type { CircularFigures } from "./monthly-circular.ts";
import type { ReportScope } from "./report-scope.ts";
import type { WeeklyFigures } from "./weekly-brief.ts";

const MOST_CATEGORIES = 10;
const MOST_HARD = 20;

interface Asked {
  scope: ReportScope;
  from: Date;
  to: Date;
  now: Date;
}

/** @param step - told how far it is, 0–1 */
export async function readWeekly(
  db: Db,
  { scope, from, to, now }: Asked,
  step: (share: number) => Promise<void>,
): Promise<WeeklyFigures> {
  const { stats, streetCode } = scope;
  const before = { from: new Date(2 * from.getTime() - to.getTime()), to: from };
  const counts = await countAllEvents(db, stats, { from, to }, now);
  const calls = await callsIn(db, stats, { from, to }, now);
  await step(0.4);
  const names = await namesOf(db);
  const present = await categoriesIn(db, stats, { from, to });
  const past = new Map(
    (await categoriesIn(db, stats, before)).map(({ category, count }) => [category, count]),
  );
  await step(0.7);
  const overdue = await overdueByOwner(db, now, streetCode);
  const hard = await hardEventsOpen(db, streetCode, MOST_HARD);
  return {
    scopeName: await nameOfScope(db, scope),
    from,
    to,
    madeAt: now,
    counts,
    before: await countAllEvents(db, stats, before, now),
    rates: { ...overviewRates(counts), ...callRates(calls, counts.levelThreeUp) },
    categories: present.slice(0, MOST_CATEGORIES).map(({ category, count }) => ({
      name: names.category(category),
      count,
      before: past.get(category) ?? 0,
    })),
    overdue: overdue.map(({ ownerOrg, ...row }) => ({ owner: names.org(ownerOrg), ...row })),
    hard: hard.map((event) => ({
      no: event.no,
      summary: maskPersonalData(event.summary),
      category: names.category(event.category),
      street: names.org(event.streetCode),
    })),
    findings: await findings(db, scope, { from, to }, names),
  };
}

export async function readCircular(
  db: Db,
  { scope, from, to, now }: Asked,
  step: (share: number) => Promise<void>,
): Promise<CircularFigures> {
  const period = { from, to };
  const names = await namesOf(db);
  const orgs = await allOrgs(db);
  const { stats, streetCode } = scope;
  const wanted = orgs.filter((org) =>
    streetCode === null
      ? org.type === "street"
      : org.code === streetCode || (org.type === "community" && org.streetCode === streetCode),
  );
  const depts = streetCode === null ? orgs.filter(({ type }) => type === "department") : [];
  let done = 0;
  const all = wanted.length + depts.length + 1;
  const onwards = () => step(++done / all);

  const places = [];
  for (const org of wanted) {
    const counts = await countAllEvents(db, await scopeOfPlace(db, stats, org), period, now);
    places.push({ name: org.name, counts, rates: overviewRates(counts) });
    await onwards();
  }
  const departments = [];
  for (const { code, name } of depts) {
    const counts = await callsIn(db, { ...stats, handler: code }, period, now);
    await onwards();
    if (counts.calls > 0) departments.push({ name, rates: callRates(counts, 0) });
  }
  const total = await countAllEvents(db, stats, period, now);
  return {
    scopeName: await nameOfScope(db, scope),
    ...period,
    madeAt: now,
    total: {
      ...overviewRates(total),
      ...callRates(await callsIn(db, stats, period, now), total.levelThreeUp),
    },
    places,
    placeWord: streetCode === null ? "街道" : "村社",
    departments,
    findings: await findings(db, scope, period, names),
  };
}

async function scopeOfPlace(db: Db, stats: StatsScope, { code }: Org): Promise<StatsScope> {
  const place = await statsPlaceOf(db, code);
  const scope = place === null ? null : narrowTo(stats, place);
  if (scope === null) throw new Error(`${code} lies outside of what the report is about.`);
  return scope;
}

const callsIn = async (db: Db, stats: StatsScope, period: Period, now: Date) =>
  (await countCalls(db, stats, period, now)).get("") ?? NO_CALLS;

async function findings(
  db: Db,
  { streetCode }: ReportScope,
  period: { from: Date; to: Date },
  names: Names,
) {
  return (await findingsIn(db, period, streetCode)).map((one) => ({
    callNo: one.callNo,
    street: names.org(one.streetCode),
    dept: names.org(one.deptCode),
    fault: FAULT_NAMES[one.fault],
    appealed: one.appealed,
  }));
}

interface Names {
  org(code: string | null): string;
  category(slug: string): string;
}

async function namesOf(db: Db): Promise<Names> {
  const orgs = new Map((await allOrgs(db)).map(({ code, name }) => [code, name]));
  const categories = new Map((await allCategories(db)).map(({ slug, name }) => [slug, name]));
  return {
    org: (code) => (code === null ? "未定" : (orgs.get(code) ?? code)),
    category: (slug) => categories.get(slug) ?? slug,
  };
}

async function nameOfScope(db: Db, { orgCode }: ReportScope): Promise<string> {
  const org = orgCode === null ? await findDistrict(db) : await findOrg(db, orgCode);
  return org?.name ?? "";
}
