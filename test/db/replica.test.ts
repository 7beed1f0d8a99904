import { Pool, type QueryConfig, type QueryResult } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../db/client.ts";
import { openReplica, type Statements } from "../../db/replica.ts";
import { testDatabase } from "../support/database.ts";

const onPostgres = process.env.TEST_ENGINE === "postgres";
if (!onPostgres) console.info("replica: skipped, the embedded database has none");

/** Says who it is to the server: statements tell where they were run. */
const WHO = { text: "select current_setting('application_name') as who" };

describe.skipIf(!onPostgres)("figures", () => {
  let database: Database;
  let primary: Pool;
  let replicaUrl: string;
  let replica: Statements | null = null;
  let time = 0;

  beforeAll(async () => {
    const made = await testDatabase();
    ({ database } = made);
    primary = new Pool({ connectionString: as("primary", made.url ?? "") });
    replicaUrl = as("replica", made.url ?? "");
  });
  afterAll(async () => {
    await replica?.close();
    await primary.end();
    await database.close();
  });
  const who = async (statements: Statements): Promise<string> =>
    (await statements.query(WHO)).rows[0].who;
  async function opened(url: string, from = primary): Promise<Statements> {
    await replica?.close();
    replica = openReplica(from, { url, mostLagMs: 10_000 }, () => time);
    return replica;
  }

  it("are asked of the replica as long as it is near enough", async () => {
    const reading = await opened(replicaUrl);
    expect(await who(reading)).toBe("replica");
    time += 60_000;
    expect(await who(reading)).toBe("replica");
  });

  it("are asked of the primary while the replica lags, and of the replica again when it has come up", async () => {
    let aheadBy = 0n;
    const further = withWritten(primary, (lsn) => lsn + aheadBy);
    const reading = await opened(replicaUrl, further);
    expect(await who(reading)).toBe("replica");
    aheadBy = 1_000_000_000_000n;
    time += 9_000;
    expect(await who(reading)).toBe("replica");
    time += 2_000;
    expect(await who(reading)).toBe("primary");
    aheadBy = 0n;
    time += 2_000;
    expect(await who(reading)).toBe("replica");
  });

  it("are asked of the primary where there is no replica", async () => {
    const reading = await opened("postgres://postgres@127.0.0.1:1/nowhere");
    expect(await who(reading)).toBe("primary");
  });

  it("say what is wrong with a statement as the primary does", async () => {
    const reading = await opened(replicaUrl);
    await expect(reading.query({ text: "select nothing from nowhere" })).rejects.toThrow("nowhere");
    expect(await who(reading)).toBe("replica");
  });
});

function as(name: string, url: string): string {
  const named = new URL(url);
  named.searchParams.set("application_name", name);
  return named.toString();
}

/** A primary that has written more than the replica knows of. */
function withWritten(primary: Pool, change: (lsn: bigint) => bigint): Pool {
  const query = async (config: QueryConfig | string): Promise<QueryResult> => {
    const answer = await primary.query(config);
    for (const row of answer.rows) if (row.lsn) row.lsn = String(change(BigInt(row.lsn)));
    return answer;
  };
  return { query } as unknown as Pool;
}
