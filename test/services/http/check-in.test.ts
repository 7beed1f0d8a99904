import { sql } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Api, openApi } from "../../support/api.ts";
import {
  type Calls,
  callsBy,
  checkInLinkOf,
  DISTRICT,
  MARKET,
  OFFICER,
} from "../../support/api-calls.ts";

/** The smallest PNG: one transparent point. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

let api: Api;
let calls: Calls;
let no: string;
let link: string;
beforeAll(async () => {
  api = await openApi();
  calls = callsBy(api);
});
beforeEach(async () => {
  no = await calls.dispatched({ reportAt: soon({ minutes: 120 }) });
  link = await checkInLinkOf(api, no, "SLQ-ZF");
});
afterAll(() => api.close());

const soon = ({ minutes }: { minutes: number }) =>
  new Date(api.clock.now().getTime() + minutes * 60_000).toISOString();
const look = (path = link) => api.get(`${path}/data`, null);
const press = (body: Record<string, unknown>, path = link) => api.post(path, body, null);
const responseOf = async (deptCode: string) =>
  (await api.get(`/api/call-tickets/${no}`)).body.responses.find(
    (one: { deptCode: string }) => one.deptCode === deptCode,
  );

describe("the link in a dispatch message", () => {
  it("shows its department what it is called for, and nothing of the others", async () => {
    const { status, body, headers } = await look();
    expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(body).toMatchObject({
      state: "open",
      no,
      emergency: false,
      cause: "滨河路夜市占道经营、油烟扰民反复",
      place: "南塘农贸市场",
      deptName: "示例区综合行政执法局",
      headcount: 2,
      arrival: null,
      radiusM: 300,
      worstAccuracyM: 200,
    });
    expect(JSON.stringify(body)).not.toContain("市场监督");
  });

  it("counts an arrival within reach at once, in the department's name, and is used up by it", async () => {
    const { status, body } = await press({ ...MARKET, accuracyM: 15, headcount: 3 });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: "counted",
      arrival: { distanceM: 0, late: false, headcount: 3 },
      photoProblem: null,
    });
    const { items } = (await api.get(`/api/audit?no=${no}&action=checkIn`)).body;
    expect(items).toMatchObject([
      { outcome: "done", actor: { personId: null, orgCode: "SLQ-ZF", channel: "link" } },
    ]);
    const [row] = await api.database.rows<{ used: boolean }>(
      sql`select used_at is not null as used from links where subject_no = ${no} and org_code = 'SLQ-ZF'`,
    );
    expect(row?.used).toBe(true);
  });

  it("tells the same twice when the answer was lost on the way", async () => {
    const first = await press(MARKET);
    api.clock.advance({ minutes: 5 });
    const again = await press({ lng: null, lat: null });
    expect(again.body.arrival).toEqual(first.body.arrival);
    expect((await api.get(`/api/audit?no=${no}&action=checkIn`)).body.items).toHaveLength(1);
  });

  it.each([
    ["without a position", {}],
    ["from afar", { lng: 120.55, lat: 28.51, accuracyM: 10 }],
    ["with a position too rough to prove anything", { ...MARKET, accuracyM: 201 }],
  ])("keeps an arrival %s as a claim, and stays good", async (_how, position) => {
    expect((await press(position)).body.state).toBe("claimed");
    expect(await responseOf("SLQ-ZF")).toMatchObject({ checkIn: null, claim: { late: false } });
    expect((await press({ ...MARKET, accuracyM: 200 })).body.state).toBe("counted");
  });

  it("takes the time of a press that could not be sent at once, within the dispatch and now", async () => {
    api.clock.advance({ minutes: 30 });
    const at = soon({ minutes: -10 });
    const { body } = await press({ ...MARKET, at });
    expect(body).toMatchObject({ state: "counted" });
    expect(new Date(body.arrival.at).toISOString()).toBe(at);
    const steps = (await api.get(`/api/call-tickets/${no}`)).body.steps;
    expect(steps.at(-1).note).toContain("才报上来");
  });

  it("takes no press from before the dispatch, and none from the future", async () => {
    const early = await press({ ...MARKET, at: soon({ minutes: -60 }) });
    expect([early.status, early.body.code]).toEqual([422, "invalidValue"]);
    const { body } = await press({ ...MARKET, at: soon({ minutes: 60 }) });
    expect(new Date(body.arrival.at)).toEqual(api.clock.now());
  });

  it("does not believe a phone alone that somebody who is late was in time", async () => {
    api.clock.advance({ minutes: 150 });
    const { body } = await press({ ...MARKET, at: soon({ minutes: -40 }) });
    expect(body).toMatchObject({ state: "claimed", arrival: { late: false } });
    await calls.act(no, { action: "confirmArrival", deptCode: "SLQ-ZF" }, OFFICER);
    expect(await responseOf("SLQ-ZF")).toMatchObject({ checkIn: { late: false } });
  });

  it("is over a day after the arrival was due, and says what to do instead", async () => {
    api.clock.advance({ hours: 27 });
    expect((await look()).body.state).toBe("expired");
    const { status, body } = await press(MARKET);
    expect([status, body.code]).toEqual([410, "linkExpired"]);
    expect(body.detail).toContain(`到了 ${no}`);
  });

  it("says so when the department need not come, or the call is off", async () => {
    await calls.act(no, { action: "release", deptCode: "SLQ-ZF" }, DISTRICT);
    expect((await look()).body.state).toBe("released");
    expect((await press(MARKET)).status).toBe(404);
    const other = await checkInLinkOf(api, no, "SLQ-SJ");
    await calls.act(no, { action: "cancel", reason: "误报" });
    expect((await look(other)).body.state).toBe("over");
    const { status, body } = await press(MARKET, other);
    expect([status, body.code, body.allowed]).toEqual([409, "notAllowed", []]);
  });

  it("with a key that nobody was given opens nothing", async () => {
    for (const answer of [await look("/c/nonsense"), await press(MARKET, "/c/nonsense")]) {
      expect([answer.status, answer.body.code]).toEqual([404, "notFound"]);
      expect(answer.body.detail).toContain("重新点开");
    }
  });

  it("answers so often and not oftener", async () => {
    for (let tries = 0; tries < 30; tries += 1) expect((await look()).status).toBe(200);
    const { status, headers } = await look();
    expect([status, headers["retry-after"]]).toEqual([429, "60"]);
    expect((await look(await checkInLinkOf(api, no, "SLQ-SJ"))).status).toBe(200);
    api.realClock.advance({ minutes: 1 });
    expect((await look()).status).toBe(200);
  });
});

describe("a picture taken at check-in", () => {
  it("is kept, and shown to those who may see the call", async () => {
    await press({ ...MARKET, photo: `data:image/png;base64,${PNG}` });
    const { photos } = (await api.get(`/api/call-tickets/${no}`)).body;
    expect(photos).toMatchObject([{ deptCode: "SLQ-ZF", bytes: 70 }]);
    const path = `/api/call-tickets/${no}/photos/${photos[0].id}`;
    const shown = await api.app.inject({
      url: path,
      headers: { authorization: `Bearer ${await api.tokenOf(OFFICER)}` },
    });
    expect(shown.headers["content-type"]).toBe("image/png");
    expect(shown.rawPayload.toString("base64")).toBe(PNG);
    expect((await api.get(path, "liuan-officer-1")).status).toBe(404);
  });

  it("that is none does not hold up the arrival", async () => {
    const { status, body } = await press({
      ...MARKET,
      photo: Buffer.from("<svg onload=alert(1)>").toString("base64"),
    });
    expect([status, body.state]).toEqual([200, "counted"]);
    expect(body.photoProblem).toContain("不是照片");
    expect((await api.get(`/api/call-tickets/${no}`)).body.photos).toEqual([]);
  });

  it("may be large, but not endless", async () => {
    const large = Buffer.concat([Buffer.from(PNG, "base64"), Buffer.alloc(4 * 1024 * 1024)]);
    expect((await press({ photo: large.toString("base64") })).body.photoProblem).toBeNull();
    const tooLarge = await press({ photo: "A".repeat(9 * 1024 * 1024) });
    expect([tooLarge.status, tooLarge.body.code]).toEqual([413, "tooLarge"]);
  });
});

describe("the key", () => {
  it("is in no log line and no metric", async () => {
    const lines: string[] = [];
    const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
    const heard = await openApi({ log }, api.database);
    await heard.get(`${link}/data`, null);
    await heard.post(link, MARKET, null);
    const metrics = String((await heard.get("/metrics")).body);
    await heard.app.close();
    const key = link.slice("/c/".length);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join("\n")).not.toContain(key);
    expect(metrics).not.toContain(key);
  });
});
