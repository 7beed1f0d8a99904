import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../../db/client.ts";
import { findSession } from "../../../../db/queries/sessions.ts";
import { tokenHash } from "../../../../services/token-hash.ts";
import { testDatabase } from "../../../support/database.ts";
import { ADMIN_TOKEN, sandboxApp, settleDistrict } from "../../../support/sandbox-app.ts";

describe("signing in as anybody in the sandbox", () => {
  let database: Database;
  beforeAll(async () => {
    database = (await testDatabase()).database;
    await settleDistrict(database);
  });
  afterAll(() => database.close());

  async function signIn(
    isLoopback: boolean,
    headers: Record<string, string>,
    personId = "p-zhang",
  ) {
    const sandbox = await sandboxApp(database, { isLoopback });
    const answer = await sandbox.app.inject({
      method: "POST",
      url: "/sandbox/session",
      payload: { personId },
      headers: { host: "127.0.0.1:3000", ...headers },
    });
    await sandbox.close();
    return answer;
  }

  it("is possible on this machine", async () => {
    const answer = await signIn(true, {});
    expect(answer.statusCode).toBe(201);
    const key = String(answer.headers["set-cookie"]).split(/[=;]/)[1] ?? "";
    expect(await findSession(database, tokenHash(key), new Date())).toMatchObject({
      personId: "p-zhang",
    });
  });

  it.each([
    [
      "from elsewhere, even with the administrator's token",
      false,
      { authorization: `Bearer ${ADMIN_TOKEN}` },
    ],
    [
      "by a foreign name of this machine",
      true,
      { host: "evil.example", authorization: `Bearer ${ADMIN_TOKEN}` },
    ],
    ["by a foreign page", true, { "sec-fetch-site": "cross-site" }],
  ] as [string, boolean, Record<string, string>][])(
    "is refused %s",
    async (_how, isLoopback, headers) => {
      const answer = await signIn(isLoopback, headers);
      expect([answer.statusCode, answer.headers["set-cookie"]]).toEqual([403, undefined]);
    },
  );

  it("is as nobody who is not in the registry", async () => {
    expect((await signIn(true, {}, "nobody")).statusCode).toBe(404);
  });
});
