import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { keepAttachments } from "../../../bot/keep-attachments.ts";
import { insertAttachments, picturesOfEvent } from "../../../db/queries/attachments.ts";
import { attachmentStore } from "../../../services/attachment-store.ts";
import { silentLog } from "../../../services/log.ts";
import { type Api, openApi } from "../../support/api.ts";
import { callsBy } from "../../support/api-calls.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const HANDLER = "wangchao-huanwei-1";
const DISPATCHER = "wangchao-dispatcher-1";
const ids = ["before", "after", "third"].map(
  (_name, at) => `0192f7f0-0000-4000-8000-00000000000${at}`,
);
const id = (at: number) => ids[at] ?? "";

let api: Api;
let no: string;
const dataDir = mkdtempSync(join(tmpdir(), "yihu-photos-"));
beforeAll(async () => {
  api = await openApi({ attachments: attachmentStore(dataDir) });
});
afterAll(() => api.close());

async function send(
  method: "PUT" | "POST" | "GET",
  url: string,
  who: string | null,
  payload?: Buffer,
  type = "image/jpeg",
) {
  const headers: Record<string, string> = payload === undefined ? {} : { "content-type": type };
  if (who !== null) headers.authorization = `Bearer ${await api.tokenOf(who)}`;
  return api.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
}
const add = (who: string | null, at = 0, bytes = PNG, of = no) =>
  send("PUT", `/api/events/${of}/photos/${id(at)}?stage=before`, who, bytes);
const photos = async (who = DISPATCHER) =>
  (await api.get(`/api/events/${no}/surroundings`, who)).body.photos;

describe("a picture of the work on an event", () => {
  beforeEach(async () => {
    // The ids are the same in every test; the rows are not.
    await api.database.rows((await import("drizzle-orm")).sql`delete from event_photos`);
    no = (await api.event()).row.no;
    await api.act(no, { action: "accept", level: 3 }, DISPATCHER);
    await api.act(no, { action: "assign", orgCode: "SLQ-WC-HWS" }, DISPATCHER);
    await api.act(no, { action: "sign" }, HANDLER);
    api.realClock.advance({ minutes: 2 });
  });

  it("is kept once, however often it is sent, and shown to whoever may see the event", async () => {
    for (let n = 0; n < 3; n++) expect((await add(HANDLER)).statusCode).toBe(200);
    await send("PUT", `/api/events/${no}/photos/${id(1)}?stage=after`, HANDLER, PNG);
    expect(
      (await photos()).map(({ stage, by }: Record<string, string>) => `${stage} ${by}`).sort(),
    ).toEqual(["after 苗根生", "before 苗根生"]);
    const seen = await send("GET", `/api/events/${no}/photos/${id(0)}`, "nantang1-worker");
    expect([seen.statusCode, seen.headers["content-type"]]).toEqual([200, "image/png"]);
    expect(seen.headers["content-security-policy"]).toContain("sandbox");
    // The answer to a late repeat is the same, when the work is out of the handler's hands.
    await api.act(no, { action: "complete", note: "已清运" }, HANDLER);
    await api.act(no, { action: "verify" }, "nantang1-worker");
    expect((await add(HANDLER)).statusCode).toBe(200);
    expect((await add(HANDLER, 2)).statusCode).toBe(403);
  });

  it.each([
    ["nobody", null, 401],
    ["another street's command room", "liuan-dispatcher-1", 404],
    ["a department it does not concern", "zhifa-responder", 404],
    ["the command room, which notes how things stand", DISPATCHER, 200],
    ["the handler", HANDLER, 200],
    ["the administrator's token", "admin", 200],
  ])("from %s", async (_whose, who, status) => {
    expect((await add(who)).statusCode).toBe(status);
  });

  it("is shown to nobody whom the event does not concern", async () => {
    await add(HANDLER);
    for (const who of ["liuan-dispatcher-1", "zhifa-responder"])
      expect((await send("GET", `/api/events/${no}/photos/${id(0)}`, who)).statusCode).toBe(404);
    // Nor by way of an event that one may see.
    const mine = (await api.event()).row.no;
    expect((await send("GET", `/api/events/${mine}/photos/${id(0)}`, DISPATCHER)).statusCode).toBe(
      404,
    );
  });

  it("is what its bytes say: a page that calls itself a picture is none, nor is what is too large", async () => {
    const page = await add(HANDLER, 0, Buffer.from("<svg onload=alert(1)>"));
    expect([page.statusCode, page.json().code]).toEqual([422, "notAPicture"]);
    expect((await add(HANDLER, 0, Buffer.alloc(6 * 1024 * 1024))).statusCode).toBe(413);
    const json = await send(
      "PUT",
      `/api/events/${no}/photos/${id(0)}?stage=before`,
      HANDLER,
      Buffer.from("{}"),
      "application/json",
    );
    expect(json.statusCode).toBe(422);
    expect(await photos()).toEqual([]);
  });
});

describe("a picture of a department at a call", () => {
  it("is its own, and no other department's or street's", async () => {
    const call = await callsBy(api).dispatched();
    api.realClock.advance({ minutes: 2 });
    const put = (who: string, at: number, query = "stage=arrival") =>
      send("PUT", `/api/call-tickets/${call}/photos/${id(at)}?${query}`, who, PNG);
    expect((await put("zhifa-responder", 0)).statusCode).toBe(200);
    expect((await put("zhifa-responder", 0)).statusCode).toBe(200);
    // What another department is called is not for a responder to choose.
    await put("zhifa-responder", 1, "stage=after&deptCode=SLQ-SJ");
    expect((await put("liuan-officer-1", 2)).statusCode).toBe(404);
    expect((await put("wangchao-officer-1", 2)).statusCode).toBe(403);
    const kept = (await api.get(`/api/call-tickets/${call}`)).body.photos;
    expect(
      kept.map(({ stage, deptCode }: Record<string, string>) => `${stage} ${deptCode}`).sort(),
    ).toEqual(["after SLQ-ZF", "arrival SLQ-ZF"]);
  });
});

describe("a picture of a report", () => {
  it("is handed over first, named by the report, and settled without a channel", async () => {
    api.realClock.advance({ minutes: 2 });
    const kept = await send("POST", "/api/report-photos", "nantang1-worker", PNG);
    expect(kept.statusCode).toBe(201);
    const { photo } = kept.json();
    const report = { text: "南塘家园3幢门口护栏松动", source: "patrol", photos: [photo] };
    const { messageId } = (await api.post("/api/reports", report, "nantang1-worker")).body;
    const event = (await api.event()).row.no;
    await insertAttachments(
      api.database,
      messageId,
      event,
      "api",
      [{ kind: "picture", ref: photo, fileName: null, transcript: null }],
      new Date(),
    );
    expect(await keepAttachments(api.database, new Map(), dataDir, silentLog)).toBe(1);
    expect(await picturesOfEvent(api.database, event)).toMatchObject([
      { path: photo, mime: "image/png" },
    ]);
    const stray = await api.post("/api/reports", { ...report, photos: ["../../etc/passwd"] });
    expect(stray.status).toBe(400);
  });
});
