import { and, asc, eq, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Platform } from "../../services/domain/platform.ts";
import type { Db } from "../client.ts";
import { type ORG_TYPES, orgs } from "../schema/index.ts";

export type OrgType = (typeof ORG_TYPES)[number];

export interface Org {
  code: string;
  type: OrgType;
  name: string;
  parentCode: string | null;
  platform: Platform | null;
  /** the street it is or belongs to; null for the district and its departments */
  streetCode: string | null;
}

/** Every organisation of the site, by code. */
export const allOrgs = (db: Db): Promise<Org[]> => readOrgs(db, undefined);

export async function findOrg(db: Db, code: string): Promise<Org | null> {
  const [org] = await readOrgs(db, eq(orgs.code, code));
  return org ?? null;
}

/** The organisations of these codes, in no particular order; unknown codes are left out. */
export async function findOrgs(db: Db, codes: readonly string[]): Promise<Org[]> {
  return codes.length === 0 ? [] : readOrgs(db, inArray(orgs.code, [...codes]));
}

export const orgsOfType = (db: Db, type: OrgType): Promise<Org[]> =>
  readOrgs(db, eq(orgs.type, type));

/** The street an organisation is or belongs to; null for the district, its departments and unknown codes. */
export async function streetOf(db: Db, orgCode: string): Promise<string | null> {
  return (await findOrg(db, orgCode))?.streetCode ?? null;
}

/** The district itself; null before anything was imported. */
export async function findDistrict(db: Db): Promise<Org | null> {
  const [district] = await orgsOfType(db, "district");
  return district ?? null;
}

function readOrgs(db: Db, condition: SQL | undefined): Promise<Org[]> {
  return db.orm
    .select({
      code: orgs.code,
      type: orgs.type,
      name: orgs.name,
      parentCode: orgs.parentCode,
      platform: orgs.platform,
      streetCode: streetCodeOf(db, orgs.code),
    })
    .from(orgs)
    .where(and(eq(orgs.site, db.site), eq(orgs.active, true), condition))
    .orderBy(asc(orgs.code));
}

/**
 * An expression: the street of the organisation that `code` names. Walks up at most eight parents, so
 * that no table, however it was filled, can send it in circles.
 */
export const streetCodeOf = (db: Db, code: SQLWrapper): SQL<string | null> => {
  // Nested once more, the column keeps its table in its name: a bare `code` would be the inner query's.
  const outer = sql`${code}`;
  return sql<string | null>`(
  with recursive up as (
    select o.code, o.type, o.parent_code, 0 as height from orgs o
    where o.site = ${db.site} and o.code = ${outer}
    union all
    select o.code, o.type, o.parent_code, up.height + 1 from orgs o
    join up on o.code = up.parent_code
    where o.site = ${db.site} and up.type <> 'street' and up.height < 8
  )
  select up.code from up where up.type = 'street' limit 1
)`;
};
