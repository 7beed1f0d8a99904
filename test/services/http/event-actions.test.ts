import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findEvent } from "../../../db/queries/events.ts";
import { inTransaction } from "../../../services/in-transaction.ts";
import { type Api, openApi } from "../../support/api.ts";

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const auditOf = async (no: string) =>
  (await api.get(`/api/audit?no=${no}`)).body.items.map(
    (item: {
      action: string;
      outcome: string;
      reason: string | null;
      actor: { personId: string };
    }) => [item.action, item.outcome, item.reason, item.actor.personId].join(" "),
  );

describe("an event's life by the API", () => {
  it("goes from report to verification, each by whom it is due", async () => {
    const { no } = (await api.event()).row;
    const steps: [string, Record<string, unknown>, string][] = [
      ["wangchao-dispatcher-1", { action: "accept", level: 3 }, "accepted"],
      ["wangchao-dispatcher-1", { action: "assign", orgCode: "SLQ-WC-HWS" }, "assigned"],
      ["wangchao-huanwei-1", { action: "sign" }, "handling"],
      ["wangchao-huanwei-1", { action: "complete", note: "已清运" }, "completed"],
      ["nantang1-worker", { action: "verify" }, "verified"],
    ];
    for (const [who, command, status] of steps) {
      const answer = await api.act(no, command, who);
      expect([command.action, answer.status, answer.body.status]).toEqual([
        command.action,
        200,
        status,
      ]);
    }
    const { body } = await api.get(`/api/events/${no}`);
    expect(body.assignees).toEqual([
      {
        orgCode: "SLQ-WC-HWS",
        personId: "wangchao-huanwei-1",
        name: "苗根生",
        role: "lead",
        signed: true,
      },
    ]);
    expect(body.steps.map((step: { action: string }) => step.action)).toEqual([
      "report",
      "accept",
      "assign",
      "sign",
      "complete",
      "verify",
    ]);
  });

  it("takes what was said as reason or note, whichever the action has", async () => {
    const { no } = (await api.event()).row;
    await api.act(no, { action: "accept" });
    await api.act(no, { action: "assign", orgCode: "SLQ-WC-HWS" });
    const returned = await api.act(no, { action: "return", note: "不属于本单位" });
    expect(returned.body.steps.at(-1)).toMatchObject({ action: "return", note: "不属于本单位" });
  });

  it("shows whoever gave an event back what came of it", async () => {
    const { no } = (await api.event()).row;
    await api.act(no, { action: "accept" });
    await api.act(no, { action: "assign", orgCode: "SLQ-WC-HWS" });
    const returned = await api.act(
      no,
      { action: "return", reason: "不属于本单位" },
      "wangchao-huanwei-1",
    );
    expect(returned.body).toMatchObject({ no, status: "accepted", assignees: [] });
    expect((await api.get(`/api/events/${no}`, "wangchao-huanwei-1")).status).toBe(404);
  });

  it("lets a grid worker who reported rate the result", async () => {
    const { no } = (
      await api.event(
        {},
        {
          actor: {
            personId: "nantang2-worker",
            name: "孙丽华",
            orgCode: "SLQ-WC-NT",
            streetCode: "SLQ-WC",
            roles: ["gridWorker"],
            gridCodes: [],
            channel: "sandbox",
            platformUserId: "nantang2-worker",
          },
          platformUserId: "nantang2-worker",
        },
      )
    ).row;
    for (const command of [
      { action: "accept" },
      { action: "assign", orgCode: "SLQ-WC-HWS" },
      { action: "sign" },
      { action: "complete", note: "好了" },
    ])
      await api.act(no, command);
    const rated = await api.act(no, { action: "rate", score: 5 }, "nantang2-worker");
    expect(rated.status).toBe(200);
    expect((await findEvent(api.database, no))?.reporters[0]?.rating).toBe(5);
  });
});

describe("a refusal", () => {
  it("of a step out of turn says what is possible instead", async () => {
    const { no } = (await api.event()).row;
    const answer = await api.act(no, { action: "close" }, "wangchao-dispatcher-1");
    expect(answer.status).toBe(409);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.body).toMatchObject({
      type: "urn:yihu:problem:notAllowed",
      title: "Not possible in this state",
      status: 409,
      code: "notAllowed",
      instance: `/api/events/${no}/actions`,
    });
    expect(answer.body.allowed).toEqual(expect.arrayContaining(["accept", "reject", "setLevel"]));
    expect(answer.body.allowed).not.toContain("close");
    expect(answer.body.detail).toContain("受理");
  });

  it("for want of a right changes nothing and is audited", async () => {
    const { no } = (await api.event()).row;
    for (const who of ["liuan-dispatcher-1", "nantang1-worker", "wangchao-huanwei-1"]) {
      const answer = await api.act(no, { action: "accept" }, who);
      expect([who, answer.status, answer.body.code]).toEqual([who, 403, "noRight"]);
      expect(answer.body.detail).toContain("您没有「受理」的权限");
    }
    expect((await findEvent(api.database, no))?.row.status).toBe("pendingAccept");
    expect(await auditOf(no)).toContain("accept refused noRight liuan-dispatcher-1");
  });

  it.each([
    [{ action: "reject" }, 422, "reasonRequired"],
    [{ action: "setLevel" }, 422, "fieldRequired"],
    [{ action: "merge", into: "SJ20200101-0001" }, 404, "notFound"],
    [{ action: "assign", orgCode: "NOWHERE" }, 422, "unknownOrg"],
    [{ action: "accept", category: "no.such" }, 422, "invalidValue"],
    [{ action: "correct", place: { raw: "某处", gridCode: "NOWHERE" } }, 422, "invalidValue"],
    [{ action: "accept", actor: "nobody" }, 422, "invalidValue"],
    [{ action: "accept", level: 9 }, 400, "invalidRequest"],
    [{ action: "dance" }, 400, "invalidRequest"],
    [{}, 400, "invalidRequest"],
  ])("of %j is %i %s", async (command, status, code) => {
    const { no } = (await api.event()).row;
    const answer = await api.act(no, command);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.detail.length).toBeGreaterThan(5);
  });

  it("to merge into what is not there is audited like any other", async () => {
    const { no } = (await api.event()).row;
    await api.act(no, { action: "merge", into: "SJ20200101-0001" }, "liuan-officer-1");
    expect(await auditOf(no)).toContain("merge refused notFound liuan-officer-1");
  });

  it("of an unknown number is 404", async () => {
    const answer = await api.act("SJ20200101-0001", { action: "accept" });
    expect([answer.status, answer.body.code]).toEqual([404, "notFound"]);
  });

  it("keeps a stranger from looking in by joining", async () => {
    const { no } = (await api.event()).row;
    const answer = await api.act(no, { action: "join" }, "zhifa-responder");
    expect(answer.status).toBe(403);
    expect(JSON.stringify(answer.body)).not.toContain("垃圾桶");
  });
});

describe("the administrator's token", () => {
  it("acts for a person with that person's rights, and both are on record", async () => {
    const { no } = (await api.event()).row;
    const refused = await api.act(no, { action: "accept", actor: "liuan-dispatcher-1" });
    expect(refused.status).toBe(403);
    const done = await api.act(no, { action: "accept", actor: "wangchao-dispatcher-1" });
    expect(done.status).toBe(200);
    expect(done.body.steps.at(-1).actor).toMatchObject({
      personId: "wangchao-dispatcher-1",
      orgCode: "SLQ-WC",
      channel: "api",
    });
    expect(await auditOf(no)).toEqual(
      expect.arrayContaining([
        "actAs done accept for wangchao-dispatcher-1 ",
        "accept done  wangchao-dispatcher-1",
      ]),
    );
  });

  it("acts for an app's reporter, known again by the app's id", async () => {
    const { no } = (await api.event({}, { channel: "api", platformUserId: "hotline12345:17" })).row;
    const urged = await api.act(no, {
      action: "urge",
      reporter: { id: "17" },
      reporterSource: "hotline12345",
    });
    expect(urged.status).toBe(200);
    const stranger = await api.act(no, {
      action: "urge",
      reporter: { id: "18" },
      reporterSource: "hotline12345",
    });
    expect(stranger.status).toBe(403);
  });

  it("is the only one that may speak for somebody else", async () => {
    const { no } = (await api.event()).row;
    const answer = await api.act(
      no,
      { action: "accept", actor: "wangchao-dispatcher-2" },
      "wangchao-dispatcher-1",
    );
    expect(answer.status).toBe(403);
  });
});

describe("two at once", () => {
  it("of the same action give one success and one refusal", async () => {
    const { no } = (await api.event()).row;
    const answers = await Promise.all([
      api.act(no, { action: "accept" }, "wangchao-dispatcher-1"),
      api.act(no, { action: "accept" }, "wangchao-dispatcher-2"),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  });

  it("that PostgreSQL had to give up are tried again, three times in all", async () => {
    let tried = 0;
    const deadlock = Object.assign(new Error("wrapped"), {
      cause: Object.assign(new Error("deadlock detected"), { code: "40P01" }),
    });
    const work = async () => {
      tried += 1;
      if (tried < 3) throw deadlock;
      return "done";
    };
    expect(await inTransaction(api.database, work)).toBe("done");
    tried = -10;
    await expect(inTransaction(api.database, work)).rejects.toThrow();
    expect(tried).toBe(-7);
  });
});
