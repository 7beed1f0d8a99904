import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { openDatabase } from "../../db/client.ts";
import { isDatabaseAway } from "../../services/database-fault.ts";
import { onceReachable } from "../../services/once-reachable.ts";
import { openCutLine } from "../support/cut-line.ts";

const onPostgres = process.env.TEST_ENGINE === "postgres";
if (!onPostgres)
  console.info("broken-connection: skipped, the embedded database has no connection");

it.skipIf(!onPostgres)(
  "a connection cut within a transaction is a fault of that, not of the process",
  async () => {
    const url = new URL(process.env.TEST_DATABASE_URL ?? "");
    const line = await openCutLine({ host: url.hostname, port: Number(url.port) });
    url.port = String(line.port);
    const database = await openDatabase(url.toString(), "test");
    try {
      const fault = await database
        .transaction(async (tx) => {
          await tx.rows(sql`select 1`);
          line.cut();
          await wait(100);
          await tx.rows(sql`select 2`);
        })
        .catch((error: unknown) => error);
      expect(isDatabaseAway(fault)).toBe(true);
      const asked = onceReachable(30_000, () => database.rows(sql`select 3 as three`));
      await wait(50);
      await line.mend();
      expect(await asked).toEqual([{ three: 3 }]);
    } finally {
      await database.close();
      await line.close();
    }
  },
);
