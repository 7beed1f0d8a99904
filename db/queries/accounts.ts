import type { Db } from "../client.ts";
import { accounts } from "../schema/index.ts";
import type { Account } from "./people.ts";

export type AccountChannel = (typeof accounts.$inferSelect)["channel"];

/** Binds an account to a person; whoever had it before has it no more. */
export async function bindAccount(
  tx: Db,
  account: Account & { channel: AccountChannel },
  personId: string,
): Promise<void> {
  await tx.orm
    .insert(accounts)
    .values({ site: tx.site, ...account, personId })
    .onConflictDoUpdate({
      target: [accounts.site, accounts.channel, accounts.platformUserId],
      set: { personId, active: true },
    });
}
