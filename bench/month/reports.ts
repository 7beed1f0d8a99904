import type { Db } from "../../db/client.ts";
import {
  allCategories,
  allGrids,
  allOrgs,
  allResponsibilityItems,
  type Grid,
  peopleWithRole,
} from "../../db/queries/directory.ts";
import type { Chance } from "../../services/chance.ts";
import type { Actor } from "../../services/domain/actor.ts";
import { NOWHERE } from "../../services/domain/event.ts";
import type { Urgency } from "../../services/domain/level.ts";
import type { ResponsibilityItem } from "../../services/domain/responsibility.ts";
import type { Report, ReportedBy } from "../../services/workflows/report-event.ts";

/** What the simulation has to know of the district. */
export interface BenchDistrict {
  grids: Grid[];
  slugs: string[];
  /** organisations that work can be given to */
  workers: string[];
  /** who may draft a call */
  officers: Actor[];
  items: ResponsibilityItem[];
}

export async function readBenchDistrict(db: Db): Promise<BenchDistrict> {
  const officers = await peopleWithRole(db, "streetOfficer");
  return {
    grids: await allGrids(db),
    slugs: (await allCategories(db)).map(({ slug }) => slug),
    workers: (await allOrgs(db))
      .filter(({ type }) => type === "station" || type === "department" || type === "community")
      .map(({ code }) => code),
    officers: officers.map((person) => ({
      ...person,
      personId: person.id,
      channel: "sandbox",
      platformUserId: person.id,
    })),
    items: await allResponsibilityItems(db),
  };
}

/** Three in a hundred are emergencies, twenty urgent. */
const URGENCY_MIX: readonly Urgency[] = Array.from({ length: 100 }, (_, index) =>
  index < 3 ? "critical" : index < 23 ? "urgent" : "normal",
);

export function aReport(chance: Chance, district: BenchDistrict): Report {
  const grid = chance.of(district.grids);
  const urgency = chance.of(URGENCY_MIX);
  const slug = chance.of(district.slugs);
  return {
    kind: "report",
    category: slug,
    platform: null,
    level: chance.of([1, 2, 3, 4]),
    urgency,
    summary: `${grid.name} ${slug}`,
    words: slug,
    place: { ...NOWHERE, raw: grid.name, gridCode: grid.code },
    groupGridCode: grid.code,
    timeText: null,
    people: null,
    missing: [],
    confidential: chance.in(0.02),
    emergency: urgency === "critical",
    source: "groupMessage",
    parse: { by: "rules", promptVersion: null, confidence: 1, candidates: [] },
  };
}

export function aReporter(chance: Chance, { grids }: BenchDistrict): ReportedBy {
  const platformUserId = `resident-${Math.floor(chance.between(0, 100_000))}`;
  return {
    actor: {
      personId: null,
      name: null,
      orgCode: null,
      streetCode: null,
      roles: [],
      gridCodes: [],
      channel: "sandbox",
      platformUserId,
    },
    channel: "sandbox",
    platformUserId,
    conversation: { id: `group of ${chance.of(grids).code}`, type: "group" },
    reply: null,
    message: null,
  };
}
