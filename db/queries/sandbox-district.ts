import { and, asc, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import {
  addresses,
  categories,
  eventAssignees,
  eventReporters,
  eventSteps,
  events,
  grids,
  groups,
  orgs,
  people,
  routingRules,
} from "../schema/index.ts";
import { streetCodeOf } from "./orgs.ts";

/** The district as the sandbox page shows it: who may speak, where, and what became of an event. */

/** Groups of the registry: residents' first, then work, then call groups; by grid and organisation within a kind. */
export async function readGroups(db: Db) {
  return db.orm
    .select({
      channel: groups.channel,
      conversationId: groups.conversationId,
      name: groups.name,
      kind: groups.kind,
      gridCode: groups.gridCode,
      gridName: grids.name,
      orgCode: groups.orgCode,
      orgName: orgs.name,
    })
    .from(groups)
    .leftJoin(grids, and(eq(grids.site, groups.site), eq(grids.code, groups.gridCode)))
    .leftJoin(orgs, and(eq(orgs.site, groups.site), eq(orgs.code, groups.orgCode)))
    .where(and(eq(groups.site, db.site), eq(groups.active, true)))
    .orderBy(
      sql`array_position(array['resident','work','call'], ${groups.kind})`,
      asc(groups.gridCode),
      asc(groups.orgCode),
      asc(groups.conversationId),
    );
}

/** One group; where two channels know the id, the sandbox's own. */
export async function readGroup(db: Db, conversationId: string) {
  const [group] = await db.orm
    .select({ name: groups.name, kind: groups.kind, channel: groups.channel })
    .from(groups)
    .where(
      and(
        eq(groups.site, db.site),
        eq(groups.conversationId, conversationId),
        eq(groups.active, true),
      ),
    )
    .orderBy(sql`${groups.channel} <> 'sandbox'`)
    .limit(1);
  return group ?? null;
}

/** A place per grid that people there would name, so that example phrases fit the district. */
export async function readExamplePlaces(db: Db): Promise<Map<string, string>> {
  const rows = await db.orm
    .selectDistinctOn([addresses.gridCode], { gridCode: addresses.gridCode, name: addresses.name })
    .from(addresses)
    .where(
      and(
        eq(addresses.site, db.site),
        eq(addresses.active, true),
        inArray(addresses.kind, ["estate", "village", "road", "poi"]),
      ),
    )
    .orderBy(
      addresses.gridCode,
      sql`array_position(array['estate','village','road','poi'], ${addresses.kind})`,
      asc(addresses.code),
    );
  return new Map(rows.flatMap((row) => (row.gridCode === null ? [] : [[row.gridCode, row.name]])));
}

/** The people of the registry with the names of their organisation and grids. */
export async function readCast(db: Db, limit: number) {
  const found = await db.orm
    .select({
      id: people.id,
      name: people.name,
      roles: people.roles,
      orgCode: people.orgCode,
      orgName: orgs.name,
      orgType: orgs.type,
      streetCode: streetCodeOf(db, people.orgCode),
      gridCodes: people.gridCodes,
    })
    .from(people)
    .leftJoin(orgs, and(eq(orgs.site, people.site), eq(orgs.code, people.orgCode)))
    .where(and(eq(people.site, db.site), eq(people.active, true)))
    .orderBy(asc(people.id))
    .limit(limit);
  const codes = [...new Set(found.flatMap((person) => person.gridCodes))];
  const names = new Map(
    codes.length === 0
      ? []
      : (
          await db.orm
            .select({ code: grids.code, name: grids.name })
            .from(grids)
            .where(and(eq(grids.site, db.site), inArray(grids.code, codes)))
        ).map((grid) => [grid.code, grid.name]),
  );
  return found.map((person) => ({
    ...person,
    gridNames: person.gridCodes.map((code) => names.get(code) ?? code),
  }));
}

/** Names of the catalog, for showing a reading. */
export async function readCategoryNames(db: Db): Promise<Map<string, string>> {
  const rows = await db.orm
    .select({ slug: categories.slug, name: categories.name })
    .from(categories)
    .where(eq(categories.site, db.site));
  return new Map(rows.map((row) => [row.slug, row.name]));
}

/** The number of the newest event, with which a newcomer goes on; null in an empty district. */
export async function readNewestEventNo(db: Db): Promise<string | null> {
  const [row] = await db.orm
    .select({ no: events.no })
    .from(events)
    .where(eq(events.site, db.site))
    .orderBy(desc(events.createdAt), desc(events.no))
    .limit(1);
  return row?.no ?? null;
}

/** An event with all that the side panel shows; null where the number is unknown. */
export async function readEventStory(db: Db, no: string) {
  const [event] = await db.orm
    .select({
      no: events.no,
      status: events.status,
      category: events.category,
      level: events.level,
      urgency: events.urgency,
      summary: events.summary,
      placeRaw: events.placeRaw,
      timeText: events.timeText,
      gridCode: events.gridCode,
      streetCode: events.streetCode,
      reporterCount: events.reporterCount,
      dueAt: events.dueAt,
      createdAt: events.createdAt,
    })
    .from(events)
    .where(and(eq(events.site, db.site), eq(events.no, no)));
  if (event === undefined) return null;

  const steps = await db.orm
    .select({
      at: eventSteps.at,
      action: eventSteps.action,
      to: eventSteps.to,
      actor: eventSteps.actor,
      note: eventSteps.note,
    })
    .from(eventSteps)
    .where(and(eq(eventSteps.site, db.site), eq(eventSteps.eventNo, no)))
    .orderBy(asc(eventSteps.id));
  const assignees = await db.orm
    .select({
      orgCode: eventAssignees.orgCode,
      orgName: orgs.name,
      personName: people.name,
      role: eventAssignees.role,
      signedAt: eventAssignees.signedAt,
    })
    .from(eventAssignees)
    .leftJoin(orgs, and(eq(orgs.site, eventAssignees.site), eq(orgs.code, eventAssignees.orgCode)))
    .leftJoin(
      people,
      and(eq(people.site, eventAssignees.site), eq(people.id, eventAssignees.personId)),
    )
    .where(
      and(
        eq(eventAssignees.site, db.site),
        eq(eventAssignees.eventNo, no),
        isNull(eventAssignees.endedAt),
      ),
    )
    .orderBy(asc(eventAssignees.role), asc(eventAssignees.assignedAt));
  const reporters = await db.orm
    .select({
      channel: eventReporters.channel,
      userId: eventReporters.platformUserId,
      conversationId: eventReporters.conversationId,
      rating: eventReporters.rating,
    })
    .from(eventReporters)
    .where(and(eq(eventReporters.site, db.site), eq(eventReporters.eventNo, no)))
    .orderBy(desc(eventReporters.first), asc(eventReporters.joinedAt));
  return { ...event, steps, assignees, reporters, suggestedOrg: await routedTo(db, event) };
}

/** Whom the routing table names for the event: the street's own line before the general one. */
async function routedTo(db: Db, event: { category: string; streetCode: string | null }) {
  const [rule] = await db.orm
    .select({ code: orgs.code, name: orgs.name })
    .from(routingRules)
    .innerJoin(orgs, and(eq(orgs.site, routingRules.site), eq(orgs.code, routingRules.leadOrg)))
    .where(
      and(
        eq(routingRules.site, db.site),
        eq(routingRules.active, true),
        eq(routingRules.category, event.category),
        or(
          eq(routingRules.streetCode, ""),
          event.streetCode === null ? undefined : eq(routingRules.streetCode, event.streetCode),
        ),
      ),
    )
    .orderBy(desc(routingRules.streetCode))
    .limit(1);
  return rule ?? null;
}
