import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { peopleWithRole } from "../../../db/queries/directory.ts";
import { findEvents } from "../../../db/queries/events.ts";
import { ROLES } from "../../../services/domain/actor.ts";
import { maySeeEvent } from "../../../services/domain/rights.ts";
import { personActor } from "../../../services/http/auth.ts";
import { type Api, openApi } from "../../support/api.ts";

const IN_LIUAN = {
  place: { raw: "柳岸1网格", addressCode: null, gridCode: "SLQ-LA-LA-1", lng: null, lat: null },
};
const NOWHERE = {
  place: { raw: "不知道哪里", addressCode: null, gridCode: null, lng: null, lat: null },
};

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

describe("an event", () => {
  it("has the shape of the contract", async () => {
    const { row } = await api.event();
    const { status, body } = await api.get(`/api/events/${row.no}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      no: "SJ20261125-0001",
      status: "pendingAccept",
      kind: "report",
      category: "env.binOverflow",
      platform: "lawEnforcement",
      level: 2,
      urgency: "normal",
      summary: "垃圾桶满溢",
      place: {
        raw: "南塘家园3幢",
        addressCode: "DZ0001",
        gridCode: "SLQ-WC-NT-1",
        lng: 120.5006,
        lat: 28.5105,
      },
      streetCode: "SLQ-WC",
      source: "groupMessage",
      reporterCount: 1,
      assignees: [],
      dueAt: "2026-12-02T17:30:00+08:00",
      overdue: false,
      createdAt: "2026-11-25T09:00:00+08:00",
      parse: { by: "rules", promptVersion: null, confidence: 0.9 },
    });
    expect(body.steps).toEqual([
      {
        at: "2026-11-25T09:00:00+08:00",
        action: "report",
        actor: {
          personId: null,
          name: null,
          orgCode: null,
          channel: "sandbox",
          platformUserId: expect.stringContaining("resident-"),
        },
        note: expect.stringContaining("老王"),
        from: null,
        to: "pendingAccept",
      },
    ]);
  });

  it("tells when it happened, seen from when it was reported", async () => {
    const { row } = await api.event({ timeText: "上周五开始 每天凌晨" });
    const { body } = await api.get(`/api/events/${row.no}`);
    expect(body.occurrence).toEqual({
      text: "上周五开始 每天凌晨",
      from: "2026-11-20T00:00:00+08:00",
      to: "2026-11-25T09:00:00+08:00",
      durationMinutes: null,
      every: { unit: "day", count: 1 },
    });
    const untold = await api.event({ timeText: null });
    expect((await api.get(`/api/events/${untold.row.no}`)).body.occurrence).toBeNull();
  });

  it("is overdue once a duty on it is beyond its time, and when the work itself is", async () => {
    const here = await openApi({}, api.database);
    const { row } = await here.event();
    here.clock.advance({ hours: 1 });
    expect((await here.get(`/api/events/${row.no}`)).body.overdue).toBe(false);
    // To accept takes two working hours at most.
    here.clock.advance({ hours: 2 });
    expect((await here.get(`/api/events/${row.no}`)).body.overdue).toBe(true);
    await here.act(row.no, { action: "accept" });
    expect((await here.get(`/api/events/${row.no}`)).body.overdue).toBe(false);
    here.clock.advance({ days: 10 });
    expect((await here.get(`/api/events/${row.no}`)).body.overdue).toBe(true);
    await here.close();
  });

  it("that is unknown and one that may not be seen are answered alike", async () => {
    const { row } = await api.event();
    const foreign = await api.get(`/api/events/${row.no}`, "liuan-dispatcher-1");
    const unknown = await api.get("/api/events/SJ20261125-9999", "liuan-dispatcher-1");
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    const withoutNumbers = (body: object) =>
      JSON.stringify({ ...body, requestId: "" }).replaceAll(/SJ\d{8}-\d{4}/g, "SJ");
    expect(withoutNumbers(foreign.body)).toBe(withoutNumbers(unknown.body));
  });
});

describe("who sees which events", () => {
  const seen = async (who: string, query = "") =>
    (await api.get(`/api/events?limit=200${query}`, who)).body.items.map(
      (item: { no: string }) => item.no,
    );

  it("is the same in lists as for each event alone, for everybody of the district", async () => {
    const events = [
      await api.event(),
      await api.event({ confidential: true }),
      await api.event(IN_LIUAN),
      await api.event({ ...IN_LIUAN, confidential: true }),
      await api.event(NOWHERE),
    ];
    const assigned = await api.event();
    await api.act(assigned.row.no, { action: "accept" });
    await api.act(assigned.row.no, { action: "assign", orgCode: "SLQ-WC-HWS" });
    const reported = await api.event(IN_LIUAN, {
      actor: {
        personId: "nantang1-worker",
        name: "周晓敏",
        orgCode: "SLQ-WC-NT",
        streetCode: "SLQ-WC",
        roles: ["gridWorker"],
        gridCodes: [],
        channel: "sandbox",
        platformUserId: "nantang1-worker",
      },
    });
    const nos = [...events, assigned, reported].map((event) => event.row.no);
    const records = await findEvents(api.database, nos);
    const everybody = new Map(
      (await Promise.all(ROLES.map((role) => peopleWithRole(api.database, role))))
        .flat()
        .map((person) => [person.id, person]),
    );
    expect(everybody.size).toBeGreaterThan(60);
    for (const person of everybody.values()) {
      const listed = (await seen(person.id)).filter((no: string) => nos.includes(no));
      const allowed = records
        .filter((record) => maySeeEvent(personActor(person), record.state))
        .map((record) => record.row.no);
      expect([person.id, ...listed.sort()]).toEqual([person.id, ...allowed.sort()]);
    }
  });

  it("follows street, grid and assignment", async () => {
    const own = (await api.event()).row.no;
    const foreign = (await api.event(IN_LIUAN)).row.no;
    const sees = async (who: string) => {
      const all = await seen(who);
      return [all.includes(own), all.includes(foreign)];
    };
    expect(await sees("wangchao-dispatcher-1")).toEqual([true, false]);
    expect(await sees("liuan-dispatcher-1")).toEqual([false, true]);
    expect(await sees("nantang1-worker")).toEqual([true, false]);
    expect(await sees("nantang2-worker")).toEqual([false, false]);
    expect(await sees("wangchao-huanwei-1")).toEqual([false, false]);
    expect(await sees("district-dispatcher-1")).toEqual([true, true]);
    expect(await sees("district-admin")).toEqual([true, true]);
    await api.act(own, { action: "accept" });
    await api.act(own, { action: "assign", orgCode: "SLQ-WC-HWS" });
    expect(await sees("wangchao-huanwei-1")).toEqual([true, false]);
    expect(await seen("wangchao-huanwei-1", "&mine=true")).toContain(own);
    expect(await seen("wangchao-dispatcher-1", "&mine=true&status=assigned")).not.toContain(own);
  });

  it("can be narrowed", async () => {
    const one = (await api.event({ category: "light.out", level: 3, summary: "路灯100%不亮" })).row
      .no;
    for (const query of ["&category=light.out", "&level=3,4", "&q=100%25", "&status=pendingAccept"])
      expect(await seen("admin", query)).toContain(one);
    for (const query of [
      "&category=env.binOverflow",
      "&level=1,2",
      "&q=100_",
      "&status=assigned,handling",
      "&street=SLQ-LA",
      "&grid=SLQ-WC-NT-2",
      "&platform=publicService",
      "&to=2026-11-24",
      "&from=2026-11-26",
      "&from=2026-11-25T10:00:00+08:00",
    ])
      expect([query, await seen("admin", query)]).not.toEqual([
        query,
        expect.arrayContaining([one]),
      ]);
    expect(await seen("admin", "&from=2026-11-25&to=2026-11-25")).toContain(one);
  });

  it("names a value that no filter knows", async () => {
    const answer = await api.get("/api/events?status=sleeping");
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: "invalidRequest" });
    expect(answer.body.errors[0].field).toContain("status");
    expect((await api.get("/api/events?cursor=made-up")).body.code).toBe("invalidRequest");
    expect((await api.get("/api/events?limit=201")).status).toBe(400);
    expect((await api.get("/api/events?from=yesterday")).status).toBe(400);
  });
});

describe("a list in pages", () => {
  it("shows every event once while new ones arrive", async () => {
    const here = await openApi({}, api.database);
    const inQuanpan = { place: { ...IN_LIUAN.place, gridCode: "SLQ-LA-QP-1" } };
    const made: string[] = [];
    for (let count = 0; count < 5; count++) {
      made.push((await here.event(inQuanpan)).row.no);
      if (count % 2 === 0) here.clock.advance({ minutes: 1 });
    }
    const read: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const from = cursor && `&cursor=${cursor}`;
      const page = await here.get(`/api/events?grid=SLQ-LA-QP-1&limit=2${from}`);
      read.push(...page.body.items.map((item: { no: string }) => item.no));
      cursor = page.body.nextCursor;
      await here.event(inQuanpan);
    }
    expect(read).toEqual(made.reverse());
    await here.close();
  });
});

describe("who reported", () => {
  it("is known to the command room, and reading it is audited", async () => {
    const { row } = await api.event();
    const { body } = await api.get(`/api/events/${row.no}`, "wangchao-dispatcher-1");
    expect(body.words).toContain("老王");
    expect(body.steps[0].actor.platformUserId).toContain("resident-");
    const audit = await api.get(`/api/audit?no=${row.no}&action=readPersonalData`);
    expect(audit.body.items).toEqual([
      {
        at: "2026-11-25T09:00:00+08:00",
        actor: expect.objectContaining({ personId: "wangchao-dispatcher-1", channel: "api" }),
        action: "readPersonalData",
        subject: { type: "event", no: row.no },
        outcome: "done",
        reason: null,
      },
    ]);
  });

  it("is hidden from the handlers, their department and the street's leaders", async () => {
    const { row } = await api.event();
    await api.act(row.no, { action: "accept" });
    await api.act(row.no, {
      action: "assign",
      orgCode: "SLQ-WC-HWS",
      supportOrgCodes: ["SLQ-ZF"],
    });
    for (const who of ["wangchao-huanwei-1", "zhifa-responder", "wangchao-principal"]) {
      const { status, body } = await api.get(`/api/events/${row.no}`, who);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/resident-|老王/);
      expect(body.steps[0]).toMatchObject({
        action: "report",
        note: null,
        actor: { personId: null, platformUserId: null },
      });
    }
    const audit = await api.get(`/api/audit?no=${row.no}&action=readPersonalData`);
    expect(audit.body.items).toEqual([]);
  });

  it("stands in no list, whoever reads it", async () => {
    await api.event();
    const list = await api.get("/api/events?limit=200");
    expect(JSON.stringify(list.body)).not.toMatch(/resident-|老王/);
  });
});
