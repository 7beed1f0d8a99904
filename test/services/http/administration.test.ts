import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDistrict, readEarDirectory } from "../../../bot/district.ts";
import { rehearsed } from "../../../bot/rehearse.ts";
import { createEar, type Ear } from "../../../bot/understanding/understand.ts";
import { silentLog } from "../../../services/log.ts";
import { retireMessages } from "../../../services/workflows/retire-messages.ts";
import { retireSignIns } from "../../../services/workflows/retire-traces.ts";
import { keepClassifier } from "../../../services/workflows/switch-classifier.ts";
import { type Answer, type Api, openApi } from "../../support/api.ts";
import { callsBy, DISTRICT, PRINCIPAL } from "../../support/api-calls.ts";
import { signIn } from "../../support/sign-in.ts";

const ADMIN = "district-admin";
let api: Api;
let ear: Ear;
beforeAll(async () => {
  api = await openApi({
    ear: () => ({
      rehearse: (text, grid) => rehearsed(ear, text, grid, api.clock.now()),
      promptVersion: "parse-report@7",
      readsClassifier: (model) => model !== "old",
    }),
  });
  const directory = await readEarDirectory(api.database, await readDistrict(api.database));
  ear = await createEar({ directory, model: null, log: silentLog });
});
afterAll(() => api.close());

const put = async (url: string, payload: object, who = ADMIN): Promise<Answer> => {
  const answer = await api.app.inject({
    method: "PUT",
    url,
    payload,
    headers: { authorization: `Bearer ${await api.tokenOf(who)}` },
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
};
const trail = async (action: string) =>
  (await api.get(`/api/audit?action=${action}`)).body.items[0];

describe("a group that the registry does not know", () => {
  it("is seen by its conversation id, and bound with one call", async () => {
    await api.deps.store({
      channel: "dingtalk",
      dedupeKey: "m-1",
      conversation: { id: "cidSTRANGE", type: "group", title: null },
      sender: { platformUserId: "u-1", nick: "阿姨" },
      sentAt: api.clock.now(),
      text: "垃圾桶满了",
      attachments: [],
      location: null,
      reply: null,
      unsupported: null,
      source: null,
      onBehalfOf: null,
      placeHint: null,
    });
    const before = (await api.get("/api/groups", ADMIN)).body;
    expect(before.strange).toMatchObject([
      { channel: "dingtalk", conversationId: "cidSTRANGE", messages: 1 },
    ]);
    const url = "/api/groups/dingtalk/cidSTRANGE";
    const wrong = await put(url, { name: "新群", kind: "resident", gridCode: "NO-SUCH-GRID" });
    expect(wrong.status).toBe(422);
    expect(wrong.body.detail).toContain("NO-SUCH-GRID");
    expect(
      (await put(url, { name: "新群", kind: "resident", gridCode: "SLQ-WC-NT-1" })).status,
    ).toBe(200);
    const after = (await api.get("/api/groups", ADMIN)).body;
    expect(after.strange).toEqual([]);
    expect(after.items.map((one: { name: string }) => one.name)).toContain("新群");
    expect(await trail("bindGroup")).toMatchObject({ actor: { personId: ADMIN } });
    await api.app.inject({
      method: "DELETE",
      url,
      headers: { authorization: `Bearer ${await api.tokenOf(ADMIN)}` },
    });
    expect((await api.get("/api/groups", ADMIN)).body.strange).toHaveLength(1);
  });

  it("is no different with people: an account is bound, and two people cannot share one", async () => {
    expect(
      (await put("/api/people/nantang1-worker/dingtalk-user-id", { userId: "ding-9" })).status,
    ).toBe(200);
    const { unbound } = (await api.get("/api/groups", ADMIN)).body;
    expect(unbound.map((one: { id: string }) => one.id)).not.toContain("nantang1-worker");
    expect(
      (await put("/api/people/hebin1-worker/dingtalk-user-id", { userId: "ding-9" })).status,
    ).toBe(422);
  });
});

describe("the responsibility list", () => {
  it("keeps versions, and a call under way keeps the item it came under", async () => {
    const calls = callsBy(api);
    const { no } = (await calls.draft()).body;
    const { itemNo } = (await api.get(`/api/call-tickets/${no}`)).body;
    const item = (await api.get("/api/responsibility", ADMIN)).body.items.find(
      (one: { no: string }) => one.no === itemNo,
    );
    const { name, headcount, arriveMinutes, completeWorkdays } = item;
    const changed = await put(`/api/responsibility/${itemNo}`, {
      name,
      headcount,
      arriveMinutes,
      completeWorkdays,
      respondMinutes: 600,
      reason: "调整",
    });
    expect(changed).toMatchObject({ status: 200, body: { version: 2 } });
    const { items } = (await api.get("/api/responsibility/differences?before=1&after=2", ADMIN))
      .body;
    expect(items).toEqual([
      {
        no: itemNo,
        name,
        kind: "changed",
        fields: [
          { field: "respondMinutes", before: String(item.respondMinutes ?? ""), after: "600" },
        ],
      },
    ]);
    const { versions } = (await api.get("/api/responsibility", ADMIN)).body;
    expect(versions[0]).toMatchObject({ version: 2, by: "唐宋元" });

    const dispatch = {
      action: "dispatch",
      departments: [
        { deptCode: "SLQ-ZF", headcount: 2 },
        { deptCode: "SLQ-SJ", headcount: 2 },
      ],
      reportAt: "2026-11-27T14:30:00+08:00",
      reportPlace: "南塘农贸市场",
    };
    const respondBy = async (call: string) => {
      await calls.act(call, { action: "approve" }, PRINCIPAL);
      return (await calls.act(call, dispatch, DISTRICT)).body.responses[0].respondBy;
    };
    const old = await respondBy(no);
    const fresh = await respondBy((await calls.draft()).body.no);
    // 600 working minutes are a day and a half; the old item had less than two hours.
    expect(old.slice(0, 10)).toBe("2026-11-25");
    expect(fresh.slice(0, 10)).toBe("2026-11-26");
  });
});

describe("the routing trial", () => {
  it("says what would be understood, who would handle it and by which row; nothing is written", async () => {
    const counts = () =>
      api.database.rows(sql`select (select count(*) from events)::int as events,
        (select count(*) from inbox)::int as inbox, (select count(*) from outbox)::int as outbox`);
    const before = await counts();
    const { body } = await api.post(
      "/api/routing/trial",
      { text: "南塘家园3幢楼下垃圾桶满出来了,三天没人倒" },
      ADMIN,
    );
    expect(body).toMatchObject({ reports: true, emergency: null });
    expect(body.items[0]).toMatchObject({
      category: "env.binOverflow",
      categoryName: "垃圾桶满溢",
      streetCode: "SLQ-WC",
      route: { leadOrg: "SLQ-WC-HWS", row: { category: "env.binOverflow" } },
    });
    const fire = await api.post("/api/routing/trial", { text: "柳岸新村5幢着火了" }, ADMIN);
    expect(fire.body.emergency).toBe("fire");
    expect((await api.post("/api/routing/trial", { text: "早上好" }, ADMIN)).body.reports).toBe(
      false,
    );
    expect(await counts()).toEqual(before);
  });
});

describe("classifiers and disagreements", () => {
  it("are switched by whoever administers, with their name in the trail", async () => {
    const report = {
      n: 100,
      categories: 9,
      cold: { top1: 0.6, top3: 0.8 },
      learned: { top1: 0.7, top3: 0.9 },
      trust: 2,
      calibration: [],
      threshold: 0.4,
    };
    const trainedAt = api.clock.now();
    const keep = (model: string, top1: number) =>
      api.database.transaction((tx) =>
        keepClassifier(tx, {
          trainedAt,
          trust: 2,
          report: { ...report, learned: { top1, top3: 0.9 } },
          model,
        }),
      );
    await keep("{}", 0.7);
    await keep("{}", 0.5);
    await keep("old", 0.9);
    const use = (version: number | null, anyway = false) =>
      put("/api/classifiers/in-use", { version, anyway });
    expect((await use(1)).body).toEqual({ before: null });
    expect((await use(2)).body.code).toBe("classifierNotWorthUsing");
    expect((await use(2, true)).body).toEqual({ before: 1 });
    expect((await use(3)).body.code).toBe("classifierOutdated");
    expect((await use(9)).status).toBe(404);
    expect((await use(null)).body).toEqual({ before: 2 });
    expect(await trail("useClassifier")).toMatchObject({
      actor: { personId: ADMIN },
      subject: { no: "off" },
    });
  });

  it("come as lines that npm run train reads", async () => {
    const { row } = await api.event();
    await api.database.orm.execute(sql`update events set
      parse = parse || '{"opinions": {"rules": "env.binOverflow", "model": "env.litter"}}' where no = ${row.no}`);
    const { body } = await api.get("/api/disagreements", ADMIN);
    expect(body.items).toMatchObject([
      { no: row.no, rules: "env.binOverflow", model: "env.litter" },
    ]);
    const lines = await api.get("/api/disagreements/lines", ADMIN);
    expect(lines.body).toEqual({ text: row.words, label: "env.binOverflow" });
  });
});

describe("retention", () => {
  it("says what the nights will empty, does just that, and keeps a ledger", async () => {
    await signIn(api, ADMIN);
    await api.database.orm.execute(sql`update inbox set status = 'done'`);
    await api.database.orm.execute(sql`update outbox set status = 'sent'`);
    const sum = (body: { ahead: { rule: string; count: number }[] }, rule: string) =>
      body.ahead.filter((one) => one.rule === rule).reduce((all, { count }) => all + count, 0);
    const ahead = (await api.get("/api/retention?days=40", ADMIN)).body;
    const expected = {
      incoming: sum(ahead, "incoming"),
      outgoing: sum(ahead, "outgoing"),
      signIns: sum(ahead, "signIns"),
    };
    expect(Math.min(...Object.values(expected))).toBeGreaterThan(0);
    expect(ahead.ahead.find((one: { rule: string }) => one.rule === "incoming").day).toBe(
      "2026-12-25",
    );
    api.clock.advance({ days: 40 });
    await retireMessages(api.database, api.office);
    await retireSignIns(api.database, api.office);
    const { items } = (await api.get("/api/retention/runs")).body;
    const emptied = Object.fromEntries(
      items.map((one: { rule: string; count: number }) => [one.rule, one.count]),
    );
    expect(emptied).toEqual(expected);
    expect((await api.get("/api/retention")).body.ahead).toEqual([]);
  });
});
