import type { Db } from "../../db/client.ts";
import { findGrid, findOrg } from "../../db/queries/directory.ts";
import type { StatsScope } from "../../db/queries/stats.ts";
import type { Actor } from "../domain/actor.ts";
import type { ReportKind } from "../domain/report-file.ts";
import { reportReach } from "../domain/report-reach.ts";

/** What a report is about, as its asker may have it. */
export interface ReportScope {
  stats: StatsScope;
  /** the organisation or grid it is narrowed to; null: the whole district */
  orgCode: string | null;
  /** of whose calls and duties; null: of every street's */
  streetCode: string | null;
  /** with complaints about people */
  confidential: boolean;
}

export type ScopeRefusal = "noRight" | "unknownOrg" | "streetsOnly";

/** Briefs and circulars compare streets and departments: they are of a street or of the district. */
const OF_STREETS: readonly ReportKind[] = ["weeklyBrief", "monthlyCircular"];

/**
 * What somebody's report of a kind covers.
 *
 * @param org - what it shall be narrowed to; null: as far as they may see
 */
export async function reportScope(
  db: Db,
  actor: Actor,
  kind: ReportKind,
  org: string | null,
): Promise<ReportScope | ScopeRefusal> {
  const reach = reportReach(actor, kind);
  if (reach === null) return "noRight";
  if (reach.kind === "department") {
    if (org !== null && org !== reach.orgCode) return "noRight";
    const stats = { kind: "handler" as const, code: reach.orgCode };
    return { stats, orgCode: reach.orgCode, streetCode: null, confidential: false };
  }
  const wanted = org ?? (reach.kind === "street" ? reach.streetCode : null);
  const named = wanted === null ? DISTRICT : await namedScope(db, wanted);
  if (named === null) return reach.kind === "street" ? "noRight" : "unknownOrg";
  const { stats, streetCode } = named;
  if (reach.kind === "street" && streetCode !== reach.streetCode) return "noRight";
  if (reach.kind === "street" && stats.kind === "handler") return "noRight";
  if (OF_STREETS.includes(kind) && stats.kind !== "street" && stats.kind !== "district")
    return "streetsOnly";
  return {
    stats,
    orgCode: stats.kind === "district" ? null : stats.code,
    streetCode,
    confidential: reach.kind === "district" || reach.confidential,
  };
}

const DISTRICT = { stats: { kind: "district" as const }, streetCode: null };

async function namedScope(
  db: Db,
  code: string,
): Promise<{ stats: StatsScope; streetCode: string | null } | null> {
  const org = await findOrg(db, code);
  if (org?.type === "district") return DISTRICT;
  if (org?.type === "street" || org?.type === "community")
    return { stats: { kind: org.type, code }, streetCode: org.streetCode };
  if (org !== null) return { stats: { kind: "handler", code }, streetCode: org.streetCode };
  const grid = await findGrid(db, code);
  return grid === null ? null : { stats: { kind: "grid", code }, streetCode: grid.streetCode };
}
