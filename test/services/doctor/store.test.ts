import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../../db/client.ts";
import { loadSampleDistrict } from "../../../db/registry/sample-district.ts";
import { realClock } from "../../../services/clock.ts";
import { checkClockSkew } from "../../../services/doctor/clock-skew.ts";
import { checkDatabase } from "../../../services/doctor/database.ts";
import { checkRegistry } from "../../../services/doctor/registry.ts";
import { askRunningProduct } from "../../../services/doctor/running-product.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";

const DINGTALK = {
  clientId: "a",
  clientSecret: "b",
  robotCode: "a",
  apiBase: "http://127.0.0.1:9",
  oapiBase: "http://127.0.0.1:9",
  cardTemplateId: null,
  corpId: null,
  messagesPerMinute: 20,
};

describe("the doctor on the database", () => {
  let database: Database;
  beforeAll(async () => {
    ({ database } = await testDatabase());
  });
  afterAll(() => database.close());
  beforeEach(() => emptyDatabase(database));

  it("finds it reachable, migrated and writable, and leaves no row", async () => {
    const findings = await checkDatabase(database);
    expect(findings.map(({ verdict }) => verdict)).toEqual(["ok", "ok", "ok"]);
    const rows = await database.rows(sql`select 1 from counters`);
    expect(rows).toEqual([]);
  });

  it("says why a row cannot be written", async () => {
    const readOnly: Database = {
      ...database,
      transaction: (work) =>
        database.transaction(async (tx) => {
          await tx.orm.execute(sql`set transaction read only`);
          return work(tx);
        }),
    };
    expect((await checkDatabase(readOnly)).at(-1)).toMatchObject({
      verdict: "failed",
      what: "writing",
      text: expect.stringContaining("read-only"),
    });
  });

  it("sends an unmigrated one to its first start", async () => {
    const fresh = await openDatabase("pglite:", "test");
    try {
      expect((await checkDatabase(fresh)).map(({ verdict }) => verdict)).toEqual(["ok", "warning"]);
    } finally {
      await fresh.close();
    }
  });

  it("fails, without the password, where nobody answers", async () => {
    const away = await openDatabase("postgres://yihu:sekret@127.0.0.1:1/yihu", "test");
    try {
      const findings = await checkDatabase(away);
      expect(findings).toMatchObject([{ verdict: "failed", what: "database" }]);
      expect(JSON.stringify(findings)).not.toContain("sekret");
    } finally {
      await away.close();
    }
  });

  it("finds its clock in step, and sees when this machine's is not", async () => {
    const off = (ms: number) => ({ now: () => new Date(realClock.now().getTime() + ms) });
    expect((await checkClockSkew(database, realClock)).verdict).toBe("ok");
    expect((await checkClockSkew(database, off(20_000))).verdict).toBe("warning");
    expect((await checkClockSkew(database, off(-90_000))).verdict).toBe("failed");
  });
});

describe("the doctor on the registry", () => {
  let database: Database;
  beforeAll(async () => {
    ({ database } = await testDatabase());
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyDatabase(database);
  });

  it("misses a district outside of the sandbox", async () => {
    expect(
      await checkRegistry(database, { sandbox: false, dingtalk: null, zwdd: null }),
    ).toMatchObject([{ verdict: "failed", advice: expect.stringContaining("registry:import") }]);
    expect(
      await checkRegistry(database, { sandbox: true, dingtalk: null, zwdd: null }),
    ).toMatchObject([{ verdict: "warning" }]);
  });

  it("finds the sample district complete, and out of place in real work", async () => {
    await loadSampleDistrict(database, new Date());
    expect(
      await checkRegistry(database, { sandbox: true, dingtalk: null, zwdd: null }),
    ).toMatchObject([{ verdict: "ok", text: expect.stringContaining("示例区") }]);
    const real = await checkRegistry(database, { sandbox: false, dingtalk: DINGTALK, zwdd: null });
    expect(real.map(({ verdict, what }) => `${verdict} ${what}`)).toEqual([
      "warning registry",
      "warning people",
    ]);
  });

  it("names grids without a worker and categories that nobody is called for", async () => {
    await loadSampleDistrict(database, new Date());
    await database.orm.execute(
      sql`update people set roles = '{}' where 'SLQ-WC-NT-1' = any(grid_codes)`,
    );
    await database.orm.execute(sql`update routing_rules set active = false
      where category in ('street.occupy', 'env.fume')`);
    const findings = await checkRegistry(database, { sandbox: true, dingtalk: null, zwdd: null });
    expect(findings.slice(1)).toMatchObject([
      { what: "grids", text: "nobody looks after SLQ-WC-NT-1" },
      { what: "routing", text: expect.stringMatching(/for env\.fume(, street\.occupy)?$/) },
    ]);
  });
});

describe("the doctor on a product that is running", () => {
  const answering = (status: number, body: unknown): typeof fetch =>
    (async () => new Response(JSON.stringify(body), { status })) as typeof fetch;

  it("passes on what it says of its parts", async () => {
    const parts = [
      { name: "database", ok: true, detail: null },
      { name: "dingtalk", ok: false, detail: "Connecting again." },
    ];
    const findings = await askRunningProduct(
      { host: "0.0.0.0", port: 3000 },
      { fetch: answering(503, { ready: false, parts, oldestOutboxAgeSeconds: 0 }) },
    );
    expect(findings).toMatchObject([
      { verdict: "ok", what: "running product, database" },
      { verdict: "failed", what: "running product, dingtalk", advice: "Connecting again." },
    ]);
  });

  it("asks for the right address when nobody answers, or somebody else", async () => {
    const config = { host: "127.0.0.1", port: 1 };
    expect(await askRunningProduct(config, { fetch })).toMatchObject([{ verdict: "warning" }]);
    expect(
      await askRunningProduct(config, { fetch: answering(200, { hello: "world" }) }),
    ).toMatchObject([{ verdict: "warning", advice: expect.stringContaining("HOST and PORT") }]);
  });
});
