import { and, arrayContains, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Role } from "../../services/domain/actor.ts";
import type { Db } from "../client.ts";
import { accounts, people } from "../schema/index.ts";
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
  /** on other channels, in the order of their names */
  accounts: Account[];
}

export interface Account {
  channel: string;
  platformUserId: string;
}

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

/** The person an account of a channel is bound to, by accounts.csv or by a code. */
export async function findPersonByAccount(db: Db, account: Account): Promise<Person | null> {
  const bound = db.orm
    .select({ id: accounts.personId })
    .from(accounts)
    .where(
      and(
        eq(accounts.site, db.site),
        eq(accounts.active, true),
        sql`${accounts.channel} = ${account.channel}`,
        eq(accounts.platformUserId, account.platformUserId),
      ),
    );
  const [person] = await readPeople(db, inArray(people.id, bound));
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

/** As a column of a query on people. */
export const accountsOfPerson = (db: Db): SQL<Account[]> =>
  sql<
    Account[]
  >`(select coalesce(jsonb_agg(jsonb_build_object('channel', a.channel, 'platformUserId', a.platform_user_id)
    order by a.channel, a.platform_user_id), '[]'::jsonb)
    from accounts a where a.site = ${db.site} and a.person_id = ${people}.id and a.active)`;

async function readPeople(db: Db, condition: SQL | undefined): Promise<Person[]> {
  const rows = await db.orm
    .select({
      id: people.id,
      name: people.name,
      orgCode: people.orgCode,
      streetCode: streetCodeOf(db, people.orgCode),
      roles: people.roles,
      gridCodes: people.gridCodes,
      phone: people.phone,
      dingtalkUserId: people.dingtalkUserId,
      accounts: accountsOfPerson(db),
    })
    .from(people)
    .where(and(eq(people.site, db.site), eq(people.active, true), condition))
    .orderBy(asc(people.id));
  return rows.map(({ phone, ...person }) => ({
    ...person,
    phone: phone === null ? null : db.contacts.open("people.phone", person.id, phone),
  }));
}
