import { type Database, openDatabase } from "../../db/client.ts";
import { contactKeysOf } from "../../db/contacts/keys.ts";
import { migrate } from "../../db/migrate.ts";
import { channelsOf } from "../channels-of.ts";
import { realClock } from "../clock.ts";
import { type Config, readConfig } from "../config.ts";
import { openDistrictRules } from "../district-rules.ts";
import { DEFAULT_POLICY } from "../domain/policy.ts";
import { environment } from "../environment.ts";
import { openProductClock } from "../product-clock.ts";
import { type Office, openOffice } from "../workflows/office.ts";

/** What a command works with: it writes as the product does, and leaves the saying to the product. */
export async function withOffice<Result>(
  work: (database: Database, office: Office, config: Config) => Promise<Result>,
): Promise<Result> {
  const env = environment();
  // A command opens no door, so it needs no token.
  const config = readConfig({
    ...env,
    ADMIN_TOKEN: env.ADMIN_TOKEN || "not-needed-by-the-commands",
  });
  const database = await openDatabase(
    config.databaseUrl,
    config.site,
    contactKeysOf({ given: config.contactKeys, ...config }, "make"),
  );
  try {
    await migrate(database, config.databaseUrl);
    const productClock = config.sandbox ? await openProductClock(database) : null;
    try {
      const clock = productClock ?? realClock;
      const policy = { ...DEFAULT_POLICY, autoAcceptLevel: config.autoAcceptLevel };
      const rules = await openDistrictRules(database, clock, policy);
      return await work(database, openOffice(clock, rules, channelsOf(config)), config);
    } finally {
      productClock?.stop();
    }
  } finally {
    await database.close();
  }
}
