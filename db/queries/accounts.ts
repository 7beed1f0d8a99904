import type { Db } from "../client.ts";
import { ACCOUNT_CHANNELS, accounts } from "../schema/index.ts";
import type { Account } from "./people.ts";

export { ACCOUNT_CHANNELS };
export type AccountChannel = (typeof ACCOUNT_CHANNELS)[number];

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
