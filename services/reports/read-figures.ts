import type { Db } from "../../db/client.ts";
import { countCalls } from "../../db/queries/call-stats.ts";
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
import { countEvents, type StatsScope } from "../../db/queries/stats.ts";
import { callRates } from "../domain/call-rates.ts";
import { FAULT_NAMES } from "../domain/call-ticket.ts";
import { maskPersonalData } from "../domain/masking.ts";
import { overviewRates } from "../domain/rates.ts";
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
  const counts = await countEvents(db, stats, { from, to }, now);
  const calls = await countCalls(db, stats, { from, to }, now);
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
    scopeName: await nameOfScope(db, stats),
    from,
    to,
    madeAt: now,
    counts,
    before: await countEvents(db, stats, before, now),
    rates: { ...overviewRates(counts), ...callRates(calls) },
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
    const counts = await countEvents(db, scopeOfPlace(org), period, now);
    places.push({ name: org.name, counts, rates: overviewRates(counts) });
    await onwards();
  }
  const departments = [];
  for (const { code, name } of depts) {
    const counts = await countCalls(db, { kind: "handler", code }, period, now);
    await onwards();
    if (counts.calls > 0) departments.push({ name, rates: callRates(counts) });
  }
  return {
    scopeName: await nameOfScope(db, stats),
    ...period,
    madeAt: now,
    total: {
      ...overviewRates(await countEvents(db, stats, period, now)),
      ...callRates(await countCalls(db, stats, period, now)),
    },
    places,
    placeWord: streetCode === null ? "街道" : "村社",
    departments,
    findings: await findings(db, scope, period, names),
  };
}

const scopeOfPlace = ({ type, code }: Org): StatsScope =>
  type === "street" ? { kind: "street", code } : { kind: "community", code };

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

async function nameOfScope(db: Db, scope: StatsScope): Promise<string> {
  const org = scope.kind === "district" ? await findDistrict(db) : await findOrg(db, scope.code);
  return org?.name ?? "";
}
