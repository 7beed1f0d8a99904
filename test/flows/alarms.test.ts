import { and, eq, like, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stepsOf } from "../../db/queries/events.ts";
import { alarms, devices, groups, outbox } from "../../db/schema/index.ts";
import { sweepReminders } from "../../services/workflows/remind.ts";
import { retireAlarms } from "../../services/workflows/retire-alarms.ts";
import { alarmSource, type TestSource } from "../support/alarm-source.ts";
import { type Api, openApi } from "../support/api.ts";
import { type Chat, openChat, type Said } from "../support/chat.ts";

const ROOM = "wangchao-work";
const DISPATCHER = "wangchao-dispatcher-1";
const WORKER = "nantang1-worker";
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const HERE = { place: "柳塘路口", lng: 120.5006, lat: 28.5105 };

let chat: Chat;
let api: Api;
let camera: TestSource;

beforeAll(async () => {
  chat = await openChat();
  api = await openApi({ clock: chat.clock, office: chat.office }, chat.database);
});
beforeEach(async () => {
  chat.clock.reset();
  await chat.database.orm.execute(
    sql`truncate alarms, alarm_messages, alarm_sources, devices, events, event_steps, event_reporters,
      event_assignees, attachments, obligations, inbox, outbox, counters, dialog_states`,
  );
  camera = await alarmSource(api);
  await chat.database.orm.insert(devices).values({
    site: chat.database.site,
    code: "D-6-301",
    kind: "electricityMeter",
    name: "6号楼电表",
    place: "南塘家园6号楼2单元301室",
    gridCode: "SLQ-WC-NT-1",
  });
});
afterAll(async () => {
  await api.close();
  await chat.close();
});

const raise = async (alarm: object, source = camera): Promise<string> => {
  const answer = await source.send({ ...HERE, ...alarm });
  expect(answer.body).toMatchObject({ outcome: "raised" });
  return String(answer.body.no);
};
const alarmOf = async (no: string) => {
  const [row] = await chat.database.orm.select().from(alarms).where(eq(alarms.no, no));
  if (row === undefined) throw new Error(`no alarm ${no}`);
  return row;
};
const numberIn = (said: readonly Said[]): string =>
  /SJ\d{8}-\d{4}/.exec(said.map(({ text }) => text).join("\n"))?.[0] ?? "none";
const sweep = () => sweepReminders(chat.database, chat.office, { failed: () => {}, gap: () => {} });

/** Everything that was ever said into a group where residents read, about alarms or their events. */
const saidToResidents = () =>
  chat.database.orm
    .select({ body: outbox.body })
    .from(outbox)
    .innerJoin(
      groups,
      and(eq(groups.site, outbox.site), eq(groups.conversationId, outbox.conversationId)),
    )
    .where(and(eq(groups.kind, "resident"), sql`${outbox.body}::text ~ '(GJ|告警)'`));

describe("litter that a camera sees", () => {
  it("becomes an event by the word of a person, is worked on and closes with nobody to be told", async () => {
    const no = await raise({ picture: PNG, at: "2026-11-25T08:59:00+08:00" });
    const [told, ...others] = await chat.settle();
    expect(others).toEqual([]);
    expect(told?.to).toBe(ROOM);
    expect(told?.text).toBe(
      `【告警待确认】${no} 垃圾\n地点:柳塘路口 · 南塘1网格\n设备:C-102,11月25日08:59,有现场图片\n核实后请回「确认 ${no}」立件;不是的请回「误报 ${no} 原因」。`,
    );

    const confirmed = await chat.say(DISPATCHER, ROOM, `确认 ${no}`);
    const event = numberIn(confirmed);
    const { row, reporters } = await chat.event(event);
    expect(row).toMatchObject({
      source: "videoAlarm",
      category: "env.exposedTrash",
      status: "pendingAccept",
      placeRaw: "柳塘路口",
      gridCode: "SLQ-WC-NT-1",
      streetCode: "SLQ-WC",
      confidential: false,
    });
    // The device reports. Who confirmed is in the history and no reporter, so that they may go on.
    expect(reporters).toMatchObject([{ platformUserId: `alarm:${no}`, personId: null }]);
    const steps = await stepsOf(chat.database, event);
    expect(steps.map(({ action, actor, note }) => [action, actor.name, note])).toEqual([
      ["report", "设备 C-102", `${no} 垃圾(设备 C-102)`],
      ["supplement", "章若兰", `告警 ${no}(垃圾)已核实确认`],
    ]);
    const { body } = await api.get(`/api/events/${event}/surroundings`, DISPATCHER);
    expect(body.pictures).toHaveLength(1);

    await chat.say(DISPATCHER, ROOM, `受理 ${event}`);
    await chat.say(DISPATCHER, ROOM, `交办 ${event} 给环卫所`);
    const handler = "wangchao-huanwei-1";
    await chat.say(handler, `private:${handler}`, `签收 ${event}`);
    const done = await chat.say(handler, `private:${handler}`, `办结 ${event} 已清扫`);
    expect(done.map(({ text }) => text).join("\n")).not.toContain("没能送达报事人");
    await chat.say(WORKER, `private:${WORKER}`, `验收通过 ${event}`);
    expect((await chat.event(event)).row.status).toBe("closed");
    expect(await saidToResidents()).toEqual([]);
  });

  it("is told once however often it is sent, by one camera or its neighbour", async () => {
    const no = await raise({});
    await chat.settle();
    const answers = [];
    for (let wave = 0; wave < 4; wave++)
      answers.push(
        ...(await Promise.all(
          Array.from({ length: 250 }, (_, index) =>
            camera.send({ ...HERE, device: index % 10 === 0 ? "C-103" : "C-102" }),
          ),
        )),
      );
    expect(new Set(answers.map(({ body }) => `${body.outcome} ${body.no}`))).toEqual(
      new Set([`joined ${no}`]),
    );
    expect(await chat.settle()).toEqual([]);
    expect(await alarmOf(no)).toMatchObject({ count: 1001 });
    expect(await chat.database.orm.select().from(alarms)).toHaveLength(1);
  });

  it("that goes on while its event is worked on is counted; elsewhere it is another", async () => {
    const no = await raise({});
    await chat.say(DISPATCHER, ROOM, `确认 ${no}`);
    chat.clock.advance({ hours: 30 });
    expect((await camera.send(HERE)).body).toMatchObject({ outcome: "joined", no });
    await raise({ device: "C-900", lng: 120.5016, lat: 28.5105 });
  });

  it("is called false with a reason, stays so for its minutes, and is counted to its device", async () => {
    const no = await raise({});
    await chat.settle();
    // A question confirms nothing.
    const [status] = await chat.say(DISPATCHER, ROOM, `确认 ${no} 了吗?`);
    expect(status?.text).toContain("待确认");
    const [asked] = await chat.say(DISPATCHER, ROOM, `误报 ${no}`);
    expect(asked?.text).toMatch(/要写明原因,例如「误报/);
    const [noted] = await chat.say(DISPATCHER, ROOM, `误报 ${no} 是环卫车在作业`);
    expect(noted?.text).toBe(`${no} 已记为误报,记在这台设备名下,不立件。`);
    expect(await alarmOf(no)).toMatchObject({
      state: "falseAlarm",
      reason: "是环卫车在作业",
      eventNo: null,
    });
    const [again] = await chat.say(DISPATCHER, ROOM, `确认 ${no}`);
    expect(again?.text).toBe(`${no} 已由章若兰误报,不用再确认。`);

    chat.clock.advance({ hours: 3 });
    expect((await camera.send(HERE)).body).toMatchObject({ outcome: "joined", no });
    expect(await chat.settle()).toEqual([]);
    chat.clock.advance({ hours: 2 });
    await raise({});
    const [told] = await chat.settle();
    expect(told?.text).toContain("这台设备近 7 天已误报 1 次。");
    const { body } = await api.get(`/api/alarm-sources/${camera.id}/devices`);
    expect(body.items).toMatchObject([
      { device: "C-102", alarms: 2, told: 3, falseAlarms: 1, falseRate: 1 },
    ]);
  });

  it("is offered for the event that a resident reported there, and counted to it", async () => {
    const { row } = await api.event({ category: "env.exposedTrash", summary: "路口一堆垃圾" });
    await chat.settle();
    const no = await raise({});
    const [told] = await chat.settle();
    expect(told?.text).toContain(`「确认 ${no} 并入 ${row.no}」`);
    const said = await chat.say(DISPATCHER, ROOM, `确认 ${no} 并入 ${row.no}`);
    expect(said.some(({ text }) => text.includes(`已确认,并入 ${row.no}`))).toBe(true);
    const after = await chat.event(row.no);
    // A camera is no household, and no neighbour.
    expect(after.row.reporterCount).toBe(1);
    expect(after.reporters).toHaveLength(1);
    expect((await chat.steps(row.no)).at(-1)).toBe("supplement");
    expect(await alarmOf(no)).toMatchObject({ state: "confirmed", eventNo: row.no });
    const [events] = await chat.database.rows<{ count: number }>(
      sql`select count(*)::int as count from events`,
    );
    expect(events?.count).toBe(1);
  });

  it("is reminded of like everything owed, and shows in 「我的待办」", async () => {
    const no = await raise({});
    await chat.settle();
    expect((await chat.say(DISPATCHER, ROOM, "我的待办"))[0]?.text).toContain(
      `${no} 待确认告警 垃圾`,
    );
    chat.clock.advance({ hours: 3, minutes: 1 });
    await sweep();
    const [reminder] = await chat.settle();
    expect(reminder?.to).toBe(ROOM);
    expect(reminder?.text).toMatch(new RegExp(`【黄牌】${no} 垃圾[\\s\\S]*请回「确认 ${no}」`));
    await chat.say(DISPATCHER, ROOM, `误报 ${no} 已清走`);
    chat.clock.advance({ hours: 30 });
    await sweep();
    expect(await chat.settle()).toEqual([]);
  });
});

describe("no electricity at an old person's who lives alone", () => {
  const METER = { kind: "electricity", device: "D-6-301", place: undefined, lng: undefined };
  const ELDERLY = { ...METER, lat: undefined, reading: { value: 0, unit: "kWh/24h" } };
  const atNight = () => chat.clock.advance({ hours: 14, minutes: 30 });

  it("is told at once at night, in private, to grid and command room, with the number to ring", async () => {
    atNight();
    const no = await raise(ELDERLY);
    const told = await chat.settle();
    expect(told.map(({ to }) => to).sort()).toEqual(
      [
        "private:nantang-leader-1",
        `private:${WORKER}`,
        `private:${DISPATCHER}`,
        "private:wangchao-dispatcher-2",
      ].filter((to) => told.some((one) => one.to === to)),
    );
    expect(told.map(({ to }) => to)).toEqual(
      expect.arrayContaining([`private:${WORKER}`, `private:${DISPATCHER}`]),
    );
    const first = told.find(({ to }) => to === `private:${WORKER}`);
    expect(first?.text).toMatch(
      /^🚨【告警待确认】GJ\S+ 用电异常\n请马上上门.*拨打 120.*\n地点:南塘家园6号楼2单元301室 · 南塘1网格\n设备:6号楼电表,11月25日23:30,读数 0kWh\/24h\n/,
    );

    chat.clock.advance({ minutes: 31 });
    await sweep();
    const reminded = await chat.settle();
    expect(reminded.map(({ to }) => to)).toEqual(
      expect.arrayContaining([`private:${WORKER}`, `private:${DISPATCHER}`]),
    );
    // What a reminder names is a number: no kind, no door, nobody.
    for (const { text } of reminded) expect(text).not.toMatch(/用电|南塘家园/);

    const said = await chat.say(WORKER, `private:${WORKER}`, `确认 ${no} 老人摔倒,已叫救护车`);
    const event = numberIn(said);
    expect(said.find(({ to }) => to === `private:${DISPATCHER}`)?.text).toContain(
      `已由周晓敏核实确认,立件 ${event}`,
    );
    const { row } = await chat.event(event);
    expect(row).toMatchObject({
      source: "electricAlarm",
      category: "service.elderly",
      urgency: "critical",
      // The building; the door is the alarm's.
      placeRaw: "南塘家园6号楼",
      lng: null,
      lat: null,
    });
    expect(`${row.summary}${row.words}`).not.toMatch(/301|独居|老人/);

    const rows = await chat.database.orm
      .select({ to: outbox.conversationId, body: outbox.body })
      .from(outbox);
    const inGroups = rows.filter(({ to }) => to !== null);
    expect(JSON.stringify(inGroups)).not.toMatch(/301|6号楼电表|独居/);
    expect(await saidToResidents()).toEqual([]);
  });

  it("is known with its place to grid and command room, to others that it was, to most not at all", async () => {
    const no = await raise(ELDERLY);
    const seen = async (who: string) => (await api.get(`/api/alarms/${no}`, who)).body;
    for (const who of [WORKER, "nantang-leader-1", DISPATCHER])
      expect(await seen(who)).toMatchObject({ masked: false, place: "南塘家园6号楼2单元301室" });
    for (const who of [
      "admin",
      "wangchao-officer-1",
      "wangchao-principal",
      "district-supervisor",
      "district-dispatcher-1",
    ]) {
      const body = await seen(who);
      expect(body).toMatchObject({ masked: true, place: null, device: null, reading: null });
      const { body: list } = await api.get("/api/alarms", who);
      expect(JSON.stringify(list)).not.toMatch(/301|D-6-301/);
    }
    for (const who of ["liuan1-worker", "liuan-dispatcher-1", "wangchao-huanwei-1"]) {
      expect(await seen(who)).toMatchObject({ code: "notFound" });
      expect((await api.get("/api/alarms", who)).body.items).toEqual([]);
    }
    await chat.settle();
    const [asked] = await chat.say("阿姨", "nantang-1", `查 ${no}`);
    expect(asked?.text ?? "").not.toMatch(/301|用电/);
    // In the work group it is answered in private.
    const inGroup = await chat.say(DISPATCHER, ROOM, `查 ${no}`);
    expect(inGroup.find(({ to }) => to === ROOM)?.text).not.toContain("301");
    expect(inGroup.find(({ to }) => to === `private:${DISPATCHER}`)?.text).toContain("301");
  });

  it("is decided by a person: no token, no resident, nobody of another street", async () => {
    const no = await raise(ELDERLY);
    const act = (who: string) =>
      api.post(`/api/alarms/${no}/actions`, { action: "confirmAlarm" }, who);
    expect((await act("admin")).status).toBe(403);
    expect((await act("district-admin")).status).toBe(403);
    expect((await act("wangchao-officer-1")).status).toBe(403);
    expect((await act("liuan-dispatcher-1")).status).toBe(404);
    await chat.settle();
    const [refused] = await chat.say("阿姨", "nantang-1", `确认 ${no}`);
    expect(refused?.text ?? "").not.toContain("立件");
    expect((await alarmOf(no)).state).toBe("open");
    const done = await act(DISPATCHER);
    expect(done.body).toMatchObject({ state: "confirmed", decidedBy: "章若兰", allowed: [] });
    const late = await act(WORKER);
    expect(late.status).toBe(409);
    expect(late.body.detail).toContain("已确认");
  });

  it("is the same alarm only from the same meter: next door lives somebody else", async () => {
    await raise(ELDERLY);
    await raise({ ...ELDERLY, device: "D-6-302", ...HERE });
  });
});

describe("smoke and high water", () => {
  it("name the number to ring first, and burn anew after a while", async () => {
    const no = await raise({ kind: "smoke", device: "S-1" });
    const told = await chat.settle();
    for (const { text } of told) expect(text.split("\n")[1]).toMatch(/拨打 119/);
    expect(told.every(({ to }) => to.startsWith("private:"))).toBe(true);
    await chat.say(WORKER, `private:${WORKER}`, `误报 ${no} 炒菜油烟`);
    expect((await camera.send({ ...HERE, kind: "smoke", device: "S-1" })).body.no).toBe(no);
    chat.clock.advance({ minutes: 11 });
    await raise({ kind: "smoke", device: "S-1" });

    const water = await raise({ kind: "waterLevel", device: "W-1", place: "下穿隧道" });
    const rising = await chat.settle();
    expect(rising.find(({ to }) => to === ROOM)?.text).toMatch(/119 和 110/);
    const event = numberIn(await chat.say(DISPATCHER, ROOM, `确认 ${water}`));
    expect((await chat.event(event)).row).toMatchObject({
      category: "facility.waterlogging",
      urgency: "critical",
    });
  });
});

describe("what is kept of alarms", () => {
  it("loses pictures of false ones after a week, and where a false one in a home was after a month", async () => {
    const removed: string[] = [];
    const store = { remove: async (path: string) => void removed.push(path) };
    const [litter, smoke] = [
      await raise({ picture: PNG }),
      await raise({ kind: "smoke", device: "S-1", place: "南塘家园1幢101室" }),
    ];
    const kept = await raise({ kind: "parking", picture: PNG });
    await chat.say(DISPATCHER, ROOM, `误报 ${litter} 没有垃圾`);
    await chat.say(DISPATCHER, ROOM, `误报 ${smoke} 炒菜`);
    const { picturePath: path } = await alarmOf(litter);
    chat.clock.advance({ days: 8 });
    await retireAlarms(chat.database, chat.office, store);
    expect(await alarmOf(litter)).toMatchObject({ picturePath: null, place: "柳塘路口" });
    // The same picture is part of an alarm that is still open.
    expect(await alarmOf(kept)).toMatchObject({ picturePath: path });
    expect(removed).toEqual([]);
    await chat.say(DISPATCHER, ROOM, `误报 ${kept} 临时上下客`);
    chat.clock.advance({ days: 23 });
    await retireAlarms(chat.database, chat.office, store);
    expect(removed).toEqual([path]);
    expect(await alarmOf(smoke)).toMatchObject({ place: null, lng: null, device: "S-1" });
    const { body } = await api.get("/api/retention");
    expect(JSON.stringify(body.ahead)).not.toContain("falseAlarms");
    const [row] = await chat.database.orm
      .select()
      .from(outbox)
      .where(like(outbox.key, `${litter}:raised:%`));
    expect(row).toBeDefined();
  });
});
