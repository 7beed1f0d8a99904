import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callNosToWatch, callStepsOf } from "../../../../db/queries/calls.ts";
import { type CallOffice, MARKET, OFFICER, openCallOffice } from "../../../support/call-office.ts";
import { faultsIn } from "../../../support/call-tickets.ts";

let calls: CallOffice;
beforeAll(async () => {
  calls = await openCallOffice();
});
beforeEach(() => calls.fresh());
afterAll(() => calls.close());

/** Drafted, signed and sent now; both departments have two working hours, tomorrow's time is 19:40. */
const untilTheLimit = { hours: 2 } as const;

describe("the sweep for evidence", () => {
  it("finds nothing before its time", async () => {
    await calls.dispatched();
    calls.clock.advance({ hours: 1, minutes: 59 });
    expect(await calls.watch()).toEqual({ noted: 0, failed: [] });
  });

  it("notes silence at its limit, once, and tells street and district", async () => {
    const no = await calls.dispatched();
    await calls.does(no, { action: "respond" }, "zhifa-responder");
    const owed = await calls.duties(no);
    calls.clock.advance(untilTheLimit);
    expect(await calls.watch()).toEqual({ noted: 1, failed: [] });
    expect(await calls.watch()).toEqual({ noted: 0, failed: [] });

    const state = await calls.state(no);
    expect([state.status, faultsIn(state, "SLQ-ZF"), faultsIn(state, "SLQ-SJ")]).toEqual([
      "dispatched",
      [],
      ["noResponse"],
    ]);
    const step = (await callStepsOf(calls.database, no)).at(-1);
    expect(step).toMatchObject({ action: "evidence", actor: { name: "系统" } });
    expect(step?.note).toContain("SLQ-SJ 不响应");
    expect((await calls.notices(no)).filter((kind) => kind === "evidenceNoted")).toHaveLength(2);
    // The answer is owed on, and its clock is the old one.
    expect(await calls.duties(no)).toEqual(owed);
  });

  it("notes an absence an hour after the time, which a later arrival turns into lateness", async () => {
    const no = await calls.dispatched();
    for (const who of ["zhifa-responder", "shijian-responder"])
      await calls.does(no, { action: "respond" }, who);
    calls.clock.advance({ days: 1, hours: 11, minutes: 39 }); // 26 November, a minute short
    expect((await calls.watch()).noted).toBe(0);
    calls.clock.advance({ minutes: 1 });
    await calls.watch();
    expect(faultsIn(await calls.state(no), "SLQ-SJ")).toEqual(["noShow"]);
    const { lng, lat } = MARKET;
    const late = await calls.does(no, { action: "checkIn", lng, lat }, "shijian-responder");
    expect(faultsIn(late, "SLQ-SJ")).toEqual(["lateArrival"]);
    expect((await calls.watch()).noted).toBe(0);
  });

  it("hands a ticket to the street when silence was all it still waited for", async () => {
    const no = await calls.dispatched();
    await calls.does(no, { action: "respond" }, "zhifa-responder");
    const { lng, lat } = MARKET;
    await calls.does(no, { action: "checkIn", lng, lat }, "zhifa-responder");
    await calls.does(no, { action: "complete", note: "拆棚3处" }, "zhifa-responder");
    expect((await calls.state(no)).status).toBe("onSite");
    calls.clock.advance(untilTheLimit);
    await calls.watch();
    expect((await calls.state(no)).status).toBe("pendingClosing");
    expect(await calls.duties(no)).toEqual(["closeCall SLQ-WC 26 17:30"]);
    expect((await calls.notices(no)).filter((kind) => kind === "callToClose")).toHaveLength(1);

    // The silent one may still answer, and is late.
    calls.clock.advance({ minutes: 1 });
    const late = await calls.does(no, { action: "respond" }, "shijian-responder");
    expect(late.status).toBe("onSite");
    expect(faultsIn(late, "SLQ-SJ")).toEqual(["lateResponse"]);
  });

  it("goes on past a call that cannot be read", async () => {
    const broken = await calls.dispatched();
    const sound = await calls.dispatched();
    await calls.database.orm.execute(
      sql`update call_responses set faults = '{}'::jsonb where call_no = ${broken}`,
    );
    calls.clock.advance(untilTheLimit);
    expect(await calls.watch()).toEqual({ noted: 1, failed: [broken] });
    expect(faultsIn(await calls.state(sound), "SLQ-ZF")).toEqual(["noResponse"]);
  });

  it("leaves alone who objected, was let go, or is closed over", async () => {
    const no = await calls.dispatched();
    await calls.does(no, { action: "decline", reason: "不归我们" }, "shijian-responder");
    await calls.does(no, { action: "release", deptCode: "SLQ-ZF" }, "district-dispatcher-1");
    await calls.does(no, { action: "siteLog", note: "无人到场" }, OFFICER);
    calls.clock.advance({ days: 3 });
    expect(await calls.watch()).toEqual({ noted: 0, failed: [] });
    // They do not stand in the queue either, before others that have something to note.
    expect(await callNosToWatch(calls.database, calls.clock.now(), 10)).toEqual([]);
  });
});
