import { and, arrayContains, asc, eq, type SQL, sql } from "drizzle-orm";
import type { Role } from "../../services/domain/actor.ts";
import type { Db } from "../client.ts";
import { people } from "../schema/index.ts";
import { streetCodeOf } from "./orgs.ts";

export interface Person {
  id: string;
  name: string;
  orgCode: string;
  /** null for people of the district and its departments */
  streetCode: string | null;
  roles: Role[];
  gridCodes: string[];
  phone: string | null;
  dingtalkUserId: string | null;
  /** user id by channel, besides DingTalk */
  accounts: Accounts;
}

export type Accounts = Readonly<Record<string, string>>;

export async function findPersonById(db: Db, id: string): Promise<Person | null> {
  const [person] = await readPeople(db, eq(people.id, id));
  return person ?? null;
}

export async function findPersonByDingtalkUserId(db: Db, userId: string): Promise<Person | null> {
  const [person] = await readPeople(db, eq(people.dingtalkUserId, userId));
  return person ?? null;
}

/** Everyone of the registry, by id. */
export const everybody = (db: Db): Promise<Person[]> => readPeople(db, undefined);

export async function findPersonByAccount(
  db: Db,
  channel: string,
  userId: string,
): Promise<Person | null> {
  const [person] = await readPeople(
    db,
    sql`exists (select 1 from accounts a where a.site = ${people.site} and a.person_id = ${people.id}
      and a.active and a.channel = ${channel} and a.user_id = ${userId})`,
  );
  return person ?? null;
}

/** Everyone of exactly this organisation, by id; not those of organisations below it. */
export const peopleOfOrg = (db: Db, orgCode: string): Promise<Person[]> =>
  readPeople(db, eq(people.orgCode, orgCode));

/**
 * Everyone with the role, by id. The scope narrows it: `orgCode` to exactly that organisation,
 * `streetCode` to the street with its communities and stations, `gridCode` to whom the grid is given.
 */
export function peopleWithRole(
  db: Db,
  role: Role,
  scope: { orgCode?: string; streetCode?: string; gridCode?: string } = {},
): Promise<Person[]> {
  return readPeople(
    db,
    and(
      arrayContains(people.roles, [role]),
      scope.orgCode === undefined ? undefined : eq(people.orgCode, scope.orgCode),
      scope.streetCode === undefined
        ? undefined
        : sql`${streetCodeOf(db, people.orgCode)} = ${scope.streetCode}`,
      scope.gridCode === undefined ? undefined : arrayContains(people.gridCodes, [scope.gridCode]),
    ),
  );
}

export interface GridStaff {
  workers: Person[];
  leaders: Person[];
  mentors: Person[];
}

/** Who looks after a grid: 网格员, 网格长, 网格指导员; empty lists where nobody does. */
export async function gridStaff(db: Db, gridCode: string): Promise<GridStaff> {
  const staff = await readPeople(db, arrayContains(people.gridCodes, [gridCode]));
  const having = (role: Role) => staff.filter((person) => person.roles.includes(role));
  return {
    workers: having("gridWorker"),
    leaders: having("gridLeader"),
    mentors: having("gridMentor"),
  };
}

// Nested once more, a column keeps its table in its name: a bare one would be the inner query's.
const outer = { site: sql`${people.site}`, id: sql`${people.id}` };

/** The accounts of a row of `people`, as a column. */
export const accountsOf = sql<Accounts>`coalesce((
  select json_object_agg(a.channel, a.user_id) from accounts a
  where a.site = ${outer.site} and a.person_id = ${outer.id} and a.active), '{}'::json)`;

function readPeople(db: Db, condition: SQL | undefined): Promise<Person[]> {
  return db.orm
    .select({
      id: people.id,
      name: people.name,
      orgCode: people.orgCode,
      streetCode: streetCodeOf(db, people.orgCode),
      roles: people.roles,
      gridCodes: people.gridCodes,
      phone: people.phone,
      dingtalkUserId: people.dingtalkUserId,
      accounts: accountsOf,
    })
    .from(people)
    .where(and(eq(people.site, db.site), eq(people.active, true), condition))
    .orderBy(asc(people.id));
}
