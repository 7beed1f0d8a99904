import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { contacts } from "../schema/index.ts";
import type { Account } from "./people.ts";

export interface Contact {
  gridCode: string | null;
  /** their last message, by the platform's clock; null: they never wrote */
  heardAt: Date | null;
  /** messages to them since then that count against the platform's limit */
  sent: number;
}

export async function findContact(db: Db, account: Account): Promise<Contact | null> {
  const [row] = await db.orm
    .select({ gridCode: contacts.gridCode, heardAt: contacts.heardAt, sent: contacts.sent })
    .from(contacts)
    .where(sameAccount(db, account));
  return row ?? null;
}

/** Somebody wrote at `at`: whoever may be written to so often may be again. A repeat changes nothing. */
export async function noteHeard(db: Db, account: Account, at: Date): Promise<Contact> {
  const moment = sql`${at.toISOString()}::timestamptz`;
  const [row] = await db.orm
    .insert(contacts)
    .values({ site: db.site, ...account, heardAt: at })
    .onConflictDoUpdate({
      target: KEY,
      set: {
        heardAt: sql`greatest(${contacts.heardAt}, ${moment})`,
        sent: sql`case when ${contacts.heardAt} is null or ${contacts.heardAt} < ${moment} then 0 else ${contacts.sent} end`,
      },
    })
    .returning({ gridCode: contacts.gridCode, heardAt: contacts.heardAt, sent: contacts.sent });
  return row ?? { gridCode: null, heardAt: at, sent: 0 };
}

/** Somebody scanned the QR code of a grid. */
export async function noteGrid(db: Db, account: Account, gridCode: string): Promise<void> {
  await db.orm
    .insert(contacts)
    .values({ site: db.site, ...account, gridCode })
    .onConflictDoUpdate({ target: KEY, set: { gridCode } });
}

/**
 * Takes one of the messages that may be sent since somebody wrote. False when they never did, not since
 * `since`, or when there are `most` already.
 */
export async function takeMessage(
  db: Db,
  account: Account,
  since: Date,
  most: number,
): Promise<boolean> {
  const taken = await db.orm
    .update(contacts)
    .set({ sent: sql`${contacts.sent} + 1` })
    .where(
      and(
        sameAccount(db, account),
        sql`${contacts.heardAt} > ${since.toISOString()}::timestamptz`,
        sql`${contacts.sent} < ${most}`,
      ),
    )
    .returning({ sent: contacts.sent });
  return taken.length > 0;
}

/** What was taken did not go out after all. */
export async function giveBackMessage(db: Db, account: Account): Promise<void> {
  await db.orm
    .update(contacts)
    .set({ sent: sql`greatest(0, ${contacts.sent} - 1)` })
    .where(sameAccount(db, account));
}

const KEY = [contacts.site, contacts.channel, contacts.platformUserId];

const sameAccount = (db: Db, { channel, platformUserId }: Account) =>
  and(
    eq(contacts.site, db.site),
    eq(contacts.channel, channel),
    eq(contacts.platformUserId, platformUserId),
  );
