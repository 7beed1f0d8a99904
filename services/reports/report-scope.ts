import type { Db } from "../../db/client.ts";
import { findOrg } from "../../db/queries/directory.ts";
import type { Actor } from "../domain/actor.ts";
import type { ReportKind } from "../domain/report-file.ts";
import { reportReach } from "../domain/report-reach.ts";
import { ALL, narrowTo, type StatsPlace, type StatsScope } from "../domain/stats-scope.ts";
import { statsPlaceOf } from "../stats-place.ts";

/** What a report is about, as its asker may have it. */
export interface ReportScope {
  stats: StatsScope;
  /** the organisation or grid it is narrowed to; null: the whole district */
  orgCode: string | null;
  /** of whose calls and duties; null: of every street's */
  streetCode: string | null;
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
  const confidential = reach.kind === "district" || (reach.kind === "street" && reach.confidential);
  const all = { ...ALL, confidential };
  if (reach.kind === "department") {
    if (org !== null && org !== reach.orgCode) return "noRight";
    const stats = { ...all, handler: reach.orgCode };
    return { stats, orgCode: reach.orgCode, streetCode: null };
  }
  const wanted = org ?? (reach.kind === "street" ? reach.streetCode : null);
  const place = wanted === null ? DISTRICT : await statsPlaceOf(db, wanted);
  if (place === null) return reach.kind === "street" ? "noRight" : "unknownOrg";
  const streetCode = await streetOfPlace(db, place);
  if (reach.kind === "street" && (streetCode !== reach.streetCode || place.kind === "handler"))
    return "noRight";
  if (OF_STREETS.includes(kind) && place.kind !== "street" && place.kind !== "district")
    return "streetsOnly";
  const stats = narrowTo(all, place);
  if (stats === null) return "noRight";
  return { stats, orgCode: place.kind === "district" ? null : wanted, streetCode };
}

const DISTRICT: StatsPlace = { kind: "district" };

async function streetOfPlace(db: Db, place: StatsPlace): Promise<string | null> {
  switch (place.kind) {
    case "district":
      return null;
    case "street":
      return place.code;
    case "grids":
      return place.streetCode;
    case "handler":
      return (await findOrg(db, place.code))?.streetCode ?? null;
  }
}
