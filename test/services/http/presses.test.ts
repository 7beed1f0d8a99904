import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteOldPresses } from "../../../db/queries/presses.ts";
import { type Api, openApi } from "../../support/api.ts";
import { callsBy } from "../../support/api-calls.ts";

const DISPATCHER = "wangchao-dispatcher-1";
const HANDLER = "wangchao-huanwei-1";
const KEY = "0192f7f0-0000-4000-8000-0000000000aa";

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

async function press(url: string, body: object, who: string, key: string | null = KEY) {
  const answer = await api.app.inject({
    method: "POST",
    url,
    headers: {
      authorization: `Bearer ${await api.tokenOf(who)}`,
      ...(key === null ? {} : { "idempotency-key": key }),
    },
    payload: body,
  });
  return { status: answer.statusCode, body: answer.json() };
}
async function assigned(): Promise<string> {
  const { no } = (await api.event()).row;
  await api.act(no, { action: "accept", level: 3 }, DISPATCHER);
  await api.act(no, { action: "assign", orgCode: "SLQ-WC-HWS" }, DISPATCHER);
  return no;
}
const steps = async (no: string, action: string) =>
  (await api.get(`/api/events/${no}`)).body.steps.filter(
    (step: { action: string }) => step.action === action,
  );

describe("a press with a key", () => {
  it("counts once: the repeat is answered with how things stand, and changes nothing", async () => {
    const no = await assigned();
    const url = `/api/events/${no}/actions`;
    const both = await Promise.all([1, 2].map(() => press(url, { action: "sign" }, HANDLER)));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await press(url, { action: "sign" }, HANDLER)).body.status).toBe("handling");
    expect(await steps(no, "sign")).toHaveLength(1);
    expect((await press(url, { action: "sign" }, HANDLER, null)).status).toBe(409);
  });

  it("may be tried again where it was refused, and is nobody else's and nothing else's", async () => {
    const no = await assigned();
    const key = "0192f7f0-0000-4000-8000-0000000000bb";
    const url = `/api/events/${no}/actions`;
    const early = await press(url, { action: "complete", note: "已清运" }, HANDLER, key);
    expect(early.status).toBe(409);
    await api.act(no, { action: "sign" }, HANDLER);
    expect(
      (await press(url, { action: "complete", note: "已清运" }, HANDLER, key)).body.status,
    ).toBe("completed");
    const other = await assigned();
    const reused = await press(`/api/events/${other}/actions`, { action: "sign" }, HANDLER, key);
    expect([reused.status, reused.body.code]).toEqual([422, "invalidValue"]);
    expect(
      (await press(`/api/events/${other}/actions`, { action: "urge" }, DISPATCHER, key)).status,
    ).not.toBe(200);
    expect((await press(url, { action: "sign" }, HANDLER, "not-a-uuid")).status).toBe(400);
  });

  it("of a call counts once as well, also where the state would refuse a repeat", async () => {
    const no = await callsBy(api).dispatched();
    const url = `/api/call-tickets/${no}/actions`;
    const arrival = { action: "checkIn", lng: 120.5018, lat: 28.5105, accuracyM: 10 };
    for (let n = 0; n < 2; n++)
      expect((await press(url, arrival, "zhifa-responder")).status).toBe(200);
    expect((await press(url, arrival, "zhifa-responder", null)).status).toBe(409);
  });

  it("is forgotten after a month", async () => {
    await deleteOldPresses(api.database, new Date(api.clock.now().getTime() + 1000));
    expect(await api.database.rows(sql`select 1 from presses`)).toEqual([]);
  });
});

describe("a press that tells its own time", () => {
  const at = (minutesAgo: number) =>
    new Date(api.clock.now().getTime() - minutesAgo * 60_000).toISOString();

  it("is done now, and the history says when it was pressed", async () => {
    const no = await assigned();
    await press(`/api/events/${no}/actions`, { action: "sign", pressedAt: at(35) }, HANDLER, null);
    const [step] = await steps(no, "sign");
    expect(step).toMatchObject({
      at: "2026-11-25T09:00:00+08:00",
      note: "手机上11月25日08:25按下,有信号后送达",
    });
  });

  it.each([
    ["a minute ago", 1, 200],
    ["in the future, by a phone that runs ahead", -90, 200],
    ["three days ago", 3 * 1440 + 1, 422],
  ])("%s", async (_when, minutes, status) => {
    const no = await assigned();
    const answer = await press(
      `/api/events/${no}/actions`,
      { action: "sign", pressedAt: at(minutes) },
      HANDLER,
      null,
    );
    expect(answer.status).toBe(status);
    if (status === 200) expect((await steps(no, "sign"))[0].note).toBeNull();
    else expect(answer.body.code).toBe("pressTooOld");
  });
});

describe("a patrol", () => {
  const patrol = (changes: object = {}) => ({
    startedAt: "2026-11-25T08:00:00+08:00",
    counts: { 问题: 2, 出租房: 0 },
    note: "护栏松动,业主13800000001",
    lng: 120.5018,
    lat: 28.5105,
    ...changes,
  });
  const key = "0192f7f0-0000-4000-8000-0000000000cc";

  it("of a grid worker is logged once, without anybody's number", async () => {
    const first = await press("/api/patrols", patrol(), "nantang1-worker", key);
    const again = await press("/api/patrols", patrol(), "nantang1-worker", key);
    expect([first.status, again.status]).toEqual([201, 200]);
    const { items } = (await api.get("/api/patrols", "nantang1-worker")).body;
    expect(items).toEqual([
      {
        at: "2026-11-25T09:00:00+08:00",
        startedAt: "2026-11-25T08:00:00+08:00",
        gridCode: "SLQ-WC-NT-1",
        counts: { 问题: 2 },
        note: "护栏松动,业主138****0001",
        lng: 120.5018,
        lat: 28.5105,
      },
    ]);
    expect((await api.get("/api/patrols", "nantang2-worker")).body.items).toEqual([]);
  });

  it("keeps its own times within limits, in a grid of one's own, with counts that are known", async () => {
    const worker = (changes: object) =>
      press("/api/patrols", patrol(changes), "nantang1-worker", null);
    const statuses = async (...changes: object[]) =>
      Promise.all(changes.map(async (one) => (await worker(one)).status));
    expect(
      await statuses(
        { startedAt: "2026-11-24T08:00:00+08:00" },
        { startedAt: "2026-11-25T09:30:00+08:00" },
        { pressedAt: "2026-11-21T09:00:00+08:00" },
        { gridCode: "SLQ-WC-NT-2" },
      ),
    ).toEqual([422, 422, 422, 422]);
    expect(await statuses({ counts: { 张三: 1 } }, { counts: { 问题: -1 } })).toEqual([400, 400]);
    const kept = await worker({
      startedAt: "2026-11-24T20:00:00+08:00",
      pressedAt: "2026-11-24T21:00:00+08:00",
    });
    expect(kept.body).toMatchObject({ at: "2026-11-24T21:00:00+08:00" });
  });

  it.each([DISPATCHER, "zhifa-responder", HANDLER, "admin"])("is not logged by %s", async (who) => {
    expect((await press("/api/patrols", patrol(), who, null)).status).toBe(403);
  });
});
