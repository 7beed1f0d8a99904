import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadSampleDistrict } from "../../../db/registry/sample-district.ts";
import { openUpwardGateway, type UpwardGateway } from "../../../services/upward/gateway.ts";
import { mailGateway } from "../../../services/upward/mail-gateway.ts";
import { sendUpward } from "../../../services/workflows/call-upward-send.ts";
import { type Api, openApi } from "../../support/api.ts";
import { type Calls, callsBy, MARKET, OFFICER, PRINCIPAL } from "../../support/api-calls.ts";
import { emptyDatabase } from "../../support/database.ts";

let api: Api;
let calls: Calls;
beforeAll(async () => {
  api = await openApi();
  calls = callsBy(api);
});
beforeEach(async () => {
  await emptyDatabase(api.database);
  await loadSampleDistrict(api.database, api.clock.now());
});
afterAll(() => api.close());

const failures: [string, boolean][] = [];
const sendBy = (gateway: UpwardGateway) =>
  sendUpward(api.database, api.office, gateway, api.realClock, (no, _error, givenUp) =>
    failures.push([no, givenUp]),
  );
const upwardOf = async (no: string) => (await api.get(`/api/call-tickets/${no}`)).body.upward;
const signed = async () => {
  const { no } = (await calls.draft({}, "admin")).body;
  await calls.act(no, { action: "approve", actor: PRINCIPAL });
  return no as string;
};

describe("by mail", () => {
  let server: SMTPServer;
  let gateway: UpwardGateway;
  let port: number;
  /** whole mails as the server took them */
  let mails: string[];
  /** what the server answers to a letter instead of taking it */
  let refusal: Error | null;

  beforeEach(async () => {
    mails = [];
    refusal = null;
    failures.length = 0;
    server = new SMTPServer({
      disabledCommands: ["STARTTLS"],
      onAuth: ({ username, password }, _session, done) =>
        username === "street" && password === "pass word"
          ? done(null, { user: username })
          : done(new Error("Wrong password")),
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          if (refusal === null) mails.push(Buffer.concat(chunks).toString());
          done(refusal);
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.server.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
    gateway = openUpwardGateway(
      {
        smtpUrl: `smtp://street:pass%20word@127.0.0.1:${port}`,
        from: "hujiao@wangchao.example",
        to: "12345@slq.example",
      },
      "unused",
    );
  });
  afterEach(() => new Promise<void>((resolve) => server.close(resolve)));

  it("takes the signed call up with its form, once, and notes the receipt", async () => {
    const no = await signed();
    expect(await upwardOf(no)).toMatchObject([
      { occasion: "call", state: "pending", receipt: null },
    ]);
    expect(await sendBy(gateway)).toBe(1);
    expect(await sendBy(gateway)).toBe(0);
    const [mail = ""] = mails;
    expect(mails).toHaveLength(1);
    expect(mail).toMatch(/^From: hujiao@wangchao\.example\r$/m);
    expect(mail).toMatch(/^To: 12345@slq\.example\r$/m);
    expect(mail).toContain(`filename=${no}-call.pdf`);
    expect(mail).toContain(`filename=${no}-call.json`);
    const subject = /^Subject: ([\s\S]*?)\r\n(?! )/m.exec(mail)?.[1] ?? "";
    const words = subject.replace(/=\?UTF-8\?B\?(.*?)\?=\s*/gi, (_all, text: string) =>
      Buffer.from(text, "base64").toString(),
    );
    expect(words).toContain(`【街呼区应·呼叫】${no}`);
    const pdf = /filename=\S+\.pdf\r\n\r\n([\s\S]*?)\r\n--/.exec(mail)?.[1] ?? "";
    expect(Buffer.from(pdf, "base64").subarray(0, 5).toString()).toBe("%PDF-");
    const [row] = await upwardOf(no);
    expect(row).toMatchObject({ state: "sent", road: "mail", problem: null });
    const head = mail.slice(0, mail.indexOf("\r\n\r\n")).replaceAll("\r\n ", " ");
    expect(head.includes(`Message-ID: ${row.receipt}`)).toBe(true);
  });

  it("sends the closing reply with opinion and scores after the call", async () => {
    const no = await calls.dispatched({ departments: ["SLQ-ZF"] });
    for (const command of [
      { action: "checkIn", ...MARKET },
      { action: "complete", note: "拆棚3处" },
    ])
      await calls.act(no, command, "zhifa-responder");
    await calls.act(no, { action: "close", note: "办完了", scores: { "SLQ-ZF": 95 } }, OFFICER);
    expect(await sendBy(gateway)).toBe(2);
    const json =
      /filename=\S+-closing\.json\r\n\r\n([\s\S]*?)\r\n--/.exec(mails[1] ?? "")?.[1] ?? "";
    const text = Buffer.from(json, "base64").toString();
    expect(JSON.parse(text)).toMatchObject({
      occasion: "closing",
      no,
      closingOpinion: "办完了",
      responses: [{ deptCode: "SLQ-ZF", score: 95 }],
    });
  });

  it("tries again when the server would not, later and later, under the same id", async () => {
    const no = await signed();
    refusal = Object.assign(new Error("Mailbox is full"), { responseCode: 452 });
    expect(await sendBy(gateway)).toBe(0);
    expect(failures).toEqual([[no, false]]);
    expect((await upwardOf(no))[0]).toMatchObject({
      state: "pending",
      problem: expect.stringContaining("Mailbox is full"),
    });
    refusal = null;
    expect(await sendBy(gateway)).toBe(0);
    api.realClock.advance({ minutes: 1 });
    expect(await sendBy(gateway)).toBe(1);
    expect((await upwardOf(no))[0]).toMatchObject({ state: "sent", problem: null });
  });

  it("says what is wrong without the password, and gives up in the end", async () => {
    const no = await signed();
    const wrong = mailGateway({
      smtpUrl: `smtp://street:secret-word@127.0.0.1:${port}`,
      from: "a@b.example",
      to: "c@d.example",
    });
    await sendBy(wrong);
    const [row] = await upwardOf(no);
    expect(row.problem).toMatch(/535|auth|password/i);
    expect(JSON.stringify(row)).not.toContain("secret-word");
    for (let tries = 1; tries < 80; tries += 1) {
      api.realClock.advance({ hours: 1 });
      await sendBy({ road: "mail", send: () => Promise.reject(new Error("away")) });
    }
    expect((await upwardOf(no))[0]).toMatchObject({ state: "failed", problem: "away" });
    // Whoever can bring it there by hand is asked to, in the street and in the district.
    const asked = await api.database.rows<{ body: { kind: string } }>(
      sql`select body from outbox where key like ${`${no}:upward:%`}`,
    );
    expect(asked.map(({ body }) => body.kind)).toEqual(["callNotUpward", "callNotUpward"]);
    expect(failures.at(-1)).toEqual([no, true]);
  });

  it("is sent by one of two instances, and by the other when the first dies", async () => {
    const no = await signed();
    let arrive = () => {};
    const inFlight = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let land = () => {};
    const slow: UpwardGateway = {
      road: "mail",
      send: () =>
        new Promise((resolve) => {
          land = () => resolve({ receipt: "slow" });
          arrive();
        }),
    };
    const first = sendBy(slow);
    await inFlight;
    expect(await sendBy(gateway)).toBe(0);
    expect(mails).toHaveLength(0);
    api.realClock.advance({ minutes: 3 });
    expect(await sendBy(gateway)).toBe(1);
    land();
    await first;
    expect(mails).toHaveLength(1);
    const [row] = await upwardOf(no);
    expect(row.receipt).not.toBe("slow");
  });
});

describe("as files", () => {
  it("writes the form, the data and a mail for somebody to upload, and notes what came back", async () => {
    const folder = mkdtempSync(join(tmpdir(), "yihu-upward-"));
    const no = await signed();
    expect(await sendBy(openUpwardGateway(null, folder))).toBe(1);
    const names = readdirSync(join(folder, "upward")).sort();
    expect(names.map((name) => name.replace(/-[0-9a-f]{6}\./, "."))).toEqual([
      `${no}-call.eml`,
      `${no}-call.json`,
      `${no}-call.pdf`,
    ]);
    const json = names.find((name) => name.endsWith(".json")) ?? "";
    expect(JSON.parse(readFileSync(join(folder, "upward", json), "utf8"))).toMatchObject({
      no,
      cause: "滨河路夜市占道经营、油烟扰民反复",
      approval: { by: "王振邦" },
    });
    const [row] = await upwardOf(no);
    expect(row).toMatchObject({ state: "sent", road: "export", acknowledgedAt: null });
    expect(names.some((name) => row.receipt === `upward/${name.replace(".pdf", "")}`)).toBe(true);

    const answer = await api.post(`/api/call-tickets/${no}/upward`, {
      receipt: "区平台 2026-0815",
      acknowledgedAt: api.clock.now().toISOString(),
      actor: OFFICER,
    });
    expect([answer.status, answer.body.upward]).toMatchObject([
      200,
      [{ acknowledgement: "区平台 2026-0815", acknowledgedAt: "2026-11-25T09:00:00+08:00" }],
    ]);
    const { items } = (await api.get(`/api/audit?no=${no}&action=acknowledgeUpward`)).body;
    expect(items).toMatchObject([{ outcome: "done", actor: { personId: OFFICER } }]);
  });

  it("is not sent any more once somebody brought it there by hand", async () => {
    const no = await signed();
    await api.post(`/api/call-tickets/${no}/upward`, { receipt: "电话已报" });
    expect(await sendBy(openUpwardGateway(null, "unused"))).toBe(0);
    expect((await upwardOf(no))[0]).toMatchObject({ state: "sent", acknowledgement: "电话已报" });
  });
});

describe("an acknowledgement", () => {
  it("is noted by the street or the district, of what went up, and not ahead of time", async () => {
    const draft = (await calls.draft({}, "admin")).body.no;
    const note = (no: string, body: Record<string, unknown>) =>
      api.post(`/api/call-tickets/${no}/upward`, { receipt: "x", ...body });
    expect((await note(draft, {})).body.code).toBe("nothingSent");
    const no = await signed();
    expect((await note(no, { actor: "liuan-officer-1" })).body.code).toBe("noRight");
    const early = new Date(api.clock.now().getTime() + 60_000).toISOString();
    expect((await note(no, { acknowledgedAt: early })).body.code).toBe("invalidValue");
    expect((await note("HJ20261125-999", {})).status).toBe(404);
  });
});
