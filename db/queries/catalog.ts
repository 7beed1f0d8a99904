import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { DayKind } from "../../services/domain/calendar.ts";
import type { EventLevel, Urgency } from "../../services/domain/level.ts";
import type { Platform } from "../../services/domain/platform.ts";
import type { ServiceItem } from "../../services/domain/service-item.ts";
import type { Db } from "../client.ts";
import {
  calendarDays,
  categories,
  responsibilityItems,
  routingRules,
  serviceItems,
  sites,
} from "../schema/index.ts";

/** A line of the event catalog. `lead` and `support` are names as people say them (「环卫」), not codes. */
export interface Category {
  slug: string;
  name: string;
  platform: Platform | null;
  lead: string | null;
  support: string | null;
  standardCode: string | null;
  level: EventLevel;
  urgency: Urgency;
}

/** The whole catalog, by slug. */
export const allCategories = (db: Db): Promise<Category[]> =>
  db.orm
    .select({
      slug: categories.slug,
      name: categories.name,
      platform: categories.platform,
      lead: categories.lead,
      support: categories.support,
      standardCode: categories.standardCode,
      level: categories.level,
      urgency: categories.urgency,
    })
    .from(categories)
    .where(and(eq(categories.site, db.site), eq(categories.active, true)))
    .orderBy(asc(categories.slug));

/** A line of the catalog; null where the district has none of that slug. */
export const findCategory = async (db: Db, slug: string): Promise<Category | null> =>
  (await allCategories(db)).find((category) => category.slug === slug) ?? null;

export interface RoutingRule {
  category: string;
  /** empty: every street */
  streetCode: string;
  leadOrg: string;
  supportOrgs: string[];
}

/**
 * Who handles a category in a street, the most specific rule first: the street's own, then the one for
 * every street. Empty where the district set none.
 *
 * @param streetCode - null where the place is unknown; then only the rule for every street counts
 */
export const routingRulesFor = (
  db: Db,
  category: string,
  streetCode: string | null,
): Promise<RoutingRule[]> =>
  db.orm
    .select({
      category: routingRules.category,
      streetCode: routingRules.streetCode,
      leadOrg: routingRules.leadOrg,
      supportOrgs: routingRules.supportOrgs,
    })
    .from(routingRules)
    .where(
      and(
        eq(routingRules.site, db.site),
        eq(routingRules.active, true),
        eq(routingRules.category, category),
        inArray(routingRules.streetCode, [streetCode ?? "", ""]),
      ),
    )
    .orderBy(desc(routingRules.streetCode));

/** An item of the 属地管理清单; limits are null where the list leaves them open. */
export interface ResponsibilityItem {
  no: string;
  name: string;
  categories: string[];
  leadDept: string;
  supportDepts: string[];
  headcount: number | null;
  respondMinutes: number | null;
  arriveMinutes: number | null;
  completeWorkdays: number | null;
}

export const allResponsibilityItems = (db: Db): Promise<ResponsibilityItem[]> =>
  db.orm
    .select({
      no: responsibilityItems.no,
      name: responsibilityItems.name,
      categories: responsibilityItems.categories,
      leadDept: responsibilityItems.leadDept,
      supportDepts: responsibilityItems.supportDepts,
      headcount: responsibilityItems.headcount,
      respondMinutes: responsibilityItems.respondMinutes,
      arriveMinutes: responsibilityItems.arriveMinutes,
      completeWorkdays: responsibilityItems.completeWorkdays,
    })
    .from(responsibilityItems)
    .where(and(eq(responsibilityItems.site, db.site), eq(responsibilityItems.active, true)))
    // Numbers are text; by length first, item 9 comes before item 10.
    .orderBy(sql`length(${responsibilityItems.no})`, asc(responsibilityItems.no));

/** What the offices do for people, by code. */
export const allServiceItems = (db: Db): Promise<ServiceItem[]> =>
  db.orm
    .select({
      code: serviceItems.code,
      name: serviceItems.name,
      aliases: serviceItems.aliases,
      conditions: serviceItems.conditions,
      materials: serviceItems.materials,
      window: serviceItems.window,
      hours: serviceItems.hours,
      phone: serviceItems.phone,
      source: serviceItems.source,
    })
    .from(serviceItems)
    .where(and(eq(serviceItems.site, db.site), eq(serviceItems.active, true)))
    .orderBy(asc(serviceItems.code));

/** The district's own exceptions to the statutory calendar, by date (`2026-11-23`). */
export const calendarExceptions = (db: Db): Promise<{ date: string; kind: DayKind }[]> =>
  db.orm
    .select({ date: calendarDays.date, kind: calendarDays.kind })
    .from(calendarDays)
    .where(and(eq(calendarDays.site, db.site), eq(calendarDays.active, true)))
    .orderBy(asc(calendarDays.date));

/** Whether the district is the made-up one, and when an import last changed it; null before the first. */
export async function findSite(
  db: Db,
): Promise<{ sample: boolean; importedAt: Date | null } | null> {
  const [row] = await db.orm
    .select({ sample: sites.sample, importedAt: sites.importedAt })
    .from(sites)
    .where(eq(sites.site, db.site));
  return row ?? null;
}
