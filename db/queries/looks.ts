import { and, asc, eq, gt } from "drizzle-orm";
import type { Db } from "../client.ts";
import { looks, people } from "../schema/index.ts";

export interface Look {
  personId: string;
  name: string;
  orgCode: string;
  subjectNo: string;
}

/** @param until - real time */
export async function noteLook(
  db: Db,
  personId: string,
  subjectNo: string,
  until: Date,
): Promise<void> {
  await db.orm
    .insert(looks)
    .values({ site: db.site, personId, subjectNo, until })
    .onConflictDoUpdate({ target: [looks.site, looks.personId], set: { subjectNo, until } });
}

export async function forgetLook(db: Db, personId: string): Promise<void> {
  await db.orm.delete(looks).where(and(eq(looks.site, db.site), eq(looks.personId, personId)));
}

/** Who looks at what now. @param realNow - real time */
export const looksNow = (db: Db, realNow: Date): Promise<Look[]> =>
  db.orm
    .select({
      personId: looks.personId,
      name: people.name,
      orgCode: people.orgCode,
      subjectNo: looks.subjectNo,
    })
    .from(looks)
    .innerJoin(people, and(eq(people.site, looks.site), eq(people.id, looks.personId)))
    .where(and(eq(looks.site, db.site), gt(looks.until, realNow)))
    .orderBy(asc(looks.personId));
