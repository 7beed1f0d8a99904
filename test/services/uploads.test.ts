import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Channel } from "../../bot/channels/channel.ts";
import { keepAttachments } from "../../bot/keep-attachments.ts";
import { insertAttachments, picturesOfEvent } from "../../db/queries/attachments.ts";
import { newId } from "../../db/queries/ids.ts";
import { attachmentStore } from "../../services/attachment-store.ts";
import { silentLog } from "../../services/log.ts";
import { alarmSource } from "../support/alarm-source.ts";
import { ADMIN_TOKEN } from "../support/api.ts";
import { callsBy, checkInLinkOf, MARKET } from "../support/api-calls.ts";
import { anOrder, xlsxOf } from "../support/hotline.ts";
import { PEOPLE } from "../support/roles.ts";
import { openWholeApp, type WholeApp } from "../support/whole-app.ts";

const MOST_PICTURE_BYTES = 5 * 1024 * 1024;
const ascii = (text: string) => Buffer.from(text, "latin1");
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const SCRIPT = "<html><script>alert(document.cookie)</script></html>";

/** What somebody sends as a picture, whatever it is. */
const FILES = {
  png: PNG,
  jpeg: Buffer.concat([Buffer.from("ffd8ffe000104a46494600010100", "hex"), Buffer.alloc(64)]),
  gif: Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64"),
  svg: ascii('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'),
  "a page called .png": ascii(SCRIPT),
  "a picture that is a page too": Buffer.concat([PNG, ascii(SCRIPT)]),
  "a program": Buffer.concat([ascii("MZ"), Buffer.alloc(128)]),
  "an archive": Buffer.from(zipSync({ "a.txt": strToU8("x") })),
  nothing: Buffer.alloc(0),
  "one byte too large": Buffer.concat([PNG, Buffer.alloc(MOST_PICTURE_BYTES + 1 - PNG.length)]),
} as const;
type FileName = keyof typeof FILES;
const PICTURES: readonly FileName[] = ["png", "jpeg", "a picture that is a page too"];

let whole: WholeApp;
let event: string;
const dataDir = mkdtempSync(join(tmpdir(), "yihu-uploads-"));
const attachments = attachmentStore(dataDir);

beforeAll(async () => {
  whole = await openWholeApp({ attachments });
  const { api } = whole;
  event = (await api.event()).row.no;
  await api.act(event, { action: "accept" }, PEOPLE.dispatcher);
  await api.act(event, { action: "assign", orgCode: "SLQ-WC-HWS" }, PEOPLE.dispatcher);
  await api.act(event, { action: "sign" }, PEOPLE.stationOfficer);
});
afterAll(() => whole.close());

/** Where what was kept is looked at again, and by whom; null: it was refused. */
type Kept = { url: string; who: string } | null;

interface Door {
  keeps: readonly FileName[];
  /** files that never come this way, and why */
  without?: Partial<Record<FileName, string>>;
  send(bytes: Buffer): Promise<Kept>;
}

async function raw(method: "PUT" | "POST", url: string, who: string, payload: Buffer) {
  const { api } = whole;
  api.realClock.advance({ minutes: 2 });
  const headers = {
    authorization: `Bearer ${await api.tokenOf(who)}`,
    "content-type": "image/png",
  };
  const answer = await api.app.inject({ method, url, headers, payload });
  if (answer.statusCode >= 500) throw new Error(`${url}: ${answer.payload}`);
  return answer;
}

async function put(url: string, who: string, bytes: Buffer): Promise<Kept> {
  const { statusCode } = await raw("PUT", `${url}?stage=before`, who, bytes);
  expect([200, 400, 413, 422]).toContain(statusCode);
  return statusCode === 200 ? { url, who } : null;
}

/** As a channel fetched it for a message. */
async function kept(channel: string, ref: string, source: Channel | null): Promise<Kept> {
  const { database } = whole.api;
  const no = (await whole.api.event()).row.no;
  const picture = { kind: "picture", ref, fileName: "photo.png", transcript: null } as const;
  await insertAttachments(database, newId(), no, channel, [picture], new Date());
  const sources = new Map(source === null ? [] : [[channel, source]]);
  await keepAttachments(database, sources, dataDir, silentLog);
  const [found] = await picturesOfEvent(database, no);
  return found === undefined
    ? null
    : { url: `/api/events/${no}/pictures/${found.id}`, who: PEOPLE.dispatcher };
}

const DOORS: Readonly<Record<string, Door>> = {
  "a picture of the work": {
    keeps: PICTURES,
    send: (bytes) => put(`/api/events/${event}/photos/${randomId()}`, PEOPLE.stationOfficer, bytes),
  },
  "a department's picture": {
    keeps: PICTURES,
    async send(bytes) {
      const call = await callsBy(whole.api).dispatched();
      return put(`/api/call-tickets/${call}/photos/${randomId()}`, PEOPLE.responder, bytes);
    },
  },
  "a picture at check-in": {
    keeps: PICTURES,
    async send(bytes) {
      const { api } = whole;
      const call = await callsBy(api).dispatched();
      const link = await checkInLinkOf(api, call, "SLQ-ZF");
      const photo = bytes.toString("base64");
      // The arrival counts, whatever the picture is.
      expect((await api.post(link, { ...MARKET, photo }, null)).status).toBe(200);
      const [found] = (await api.get(`/api/call-tickets/${call}`)).body.photos;
      const url = `/api/call-tickets/${call}/photos/${found?.id}`;
      return found === undefined ? null : { url, who: PEOPLE.responder };
    },
  },
  "a picture of a report by the API": {
    keeps: PICTURES,
    async send(bytes) {
      const answer = await raw("POST", "/api/report-photos", PEOPLE.gridWorker, bytes);
      return answer.statusCode === 201 ? kept("api", answer.json().photo, null) : null;
    },
  },
  "a picture in a chat": {
    keeps: [...PICTURES, "gif"],
    without: { "one byte too large": "each channel stops fetching at its own limit" },
    send: (bytes) =>
      kept("dingtalk", newId(), {
        name: "dingtalk",
        fetchAttachment: async () => ({ bytes, fileName: "photo.png" }),
      } as unknown as Channel),
  },
  "a picture in the sandbox": {
    keeps: [...PICTURES, "gif"],
    async send(bytes) {
      const { api } = whole;
      const body = {
        userId: "nantang1-worker",
        conversationId: "private:nantang1-worker",
        text: "看图",
        attachments: [{ kind: "picture", name: "a.png", dataBase64: bytes.toString("base64") }],
      };
      const answer = await api.post("/sandbox/messages", body);
      expect([202, 400, 413, 415]).toContain(answer.status);
      if (answer.status !== 202) return null;
      const asked = "/sandbox/messages?conversationId=private:nantang1-worker";
      const url = (await api.get(asked)).body.items.at(-1).pictures[0];
      return { url, who: "admin" };
    },
  },
  "a picture of an alarm": {
    keeps: PICTURES,
    without: { nothing: "an empty text is refused as no picture is: alarm-intake.test.ts" },
    async send(bytes) {
      const { api } = whole;
      const source = await alarmSource(api);
      // Far from each other: what is near is the same alarm, and keeps its first picture.
      const place = { lng: 120.5006, lat: 28.5105 + 0.05 * ++alarms, device: newId() };
      const answer = await source.send({ ...place, picture: bytes.toString("base64") });
      expect([200, 201, 202, 413, 422]).toContain(answer.status);
      if (answer.status >= 400) return null;
      return { url: `/api/alarms/${answer.body.no}/picture`, who: PEOPLE.dispatcher };
    },
  },
};

const randomId = () => crypto.randomUUID();
let alarms = 0;

describe("what is sent as a picture", () => {
  it.each(Object.entries(DOORS))("%s: is one, or is not kept", async (_name, door) => {
    const names = (Object.keys(FILES) as FileName[]).filter((name) => !door.without?.[name]);
    const taken: FileName[] = [];
    for (const name of names) {
      const found = await door.send(FILES[name]);
      if (found === null) continue;
      taken.push(name);
      const token = found.who === "admin" ? ADMIN_TOKEN : await whole.api.tokenOf(found.who);
      const answer = await whole.api.app.inject({
        url: found.url,
        headers: { authorization: `Bearer ${token}` },
      });
      // No browser runs it: it has the type of its bytes, is not guessed at, and runs in no page.
      expect([name, answer.statusCode, answer.headers["content-type"]]).toEqual([
        name,
        200,
        { jpeg: "image/jpeg", gif: "image/gif" }[name as string] ?? "image/png",
      ]);
      expect(answer.headers["x-content-type-options"]).toBe("nosniff");
      expect(answer.headers["content-security-policy"]).toBe("default-src 'none'; sandbox");
      expect(Buffer.compare(answer.rawPayload, FILES[name])).toBe(0);
    }
    expect(taken.sort()).toEqual(names.filter((name) => door.keeps.includes(name)).sort());
  });
});

const SHEET_HEAD = '<?xml version="1.0"?><worksheet><sheetData>';
const SHEET_END = "</sheetData></worksheet>";

/** An XLSX file whose one sheet is replaced. */
async function withSheet(sheet: Uint8Array): Promise<Buffer> {
  const { unzipSync } = await import("fflate");
  const parts = unzipSync(await xlsxOf([anOrder()]));
  const path = Object.keys(parts).find((name) => name.includes("worksheets/sheet"));
  if (path === undefined) throw new Error("No sheet.");
  return Buffer.from(zipSync({ ...parts, [path]: sheet }, { level: 6 }));
}

async function imported(name: string, bytes: Buffer) {
  const body = { name, content: bytes.toString("base64"), dryRun: true };
  const answer = await whole.api.post("/api/hotline/12345/imports", body, PEOPLE.dispatcher);
  if (answer.status >= 500) throw new Error(JSON.stringify(answer.body));
  return answer;
}

describe("a file of orders", () => {
  const SPACES = 200 * 1024 * 1024;
  const row = (attributes: string) => strToU8(`${SHEET_HEAD}<row ${attributes}/>${SHEET_END}`);
  const cell = (at: string) =>
    strToU8(`${SHEET_HEAD}<row r="1"><c r="${at}" t="n"><v>1</v></c></row>${SHEET_END}`);

  it("is taken when it is one", async () => {
    const { status, body } = await imported("a.xlsx", await xlsxOf([anOrder()]));
    expect([status, body.taken, body.problems]).toEqual([200, 1, []]);
  });

  it.each([
    ["that blows up", () => withSheet(new Uint8Array(SPACES).fill(32)), /解压后太大/],
    [
      "of ten million empty rows",
      () => withSheet(strToU8(SHEET_HEAD + "<row/>".repeat(10_000_000) + SHEET_END)),
      /行列太多|解压后太大/,
    ],
    ["of a few rows too many", () => withSheet(row('r="100001"')), /行列太多/],
    ["with a row far away", () => withSheet(row('r="10000000"')), /行列太多/],
    ["with a row far away, hidden", () => withSheet(row('x=">" r="1000000000"')), /行列太多/],
    ["with a row far away, spelt", () => withSheet(row('r="1&#48;0000000"')), /行列太多/],
    ["with a row that counts otherwise", () => withSheet(row('r="1e9"')), /行列太多/],
    ["with a cell far away", () => withSheet(cell("XFD1048576")), /行列太多/],
    ["that is a program", async () => Buffer.from(FILES["a program"]), /不是能打开的/],
    ["that is a page", async () => ascii(SCRIPT), /不是能打开的/],
    ["that is another archive", async () => Buffer.from(FILES["an archive"]), /不是能打开的/],
    ["that breaks off", async () => (await xlsxOf([anOrder()])).subarray(0, 900), /不是能打开的/],
  ] as const)("%s is refused at once, and says why", async (_name, make, why) => {
    const file = await make();
    const before = process.memoryUsage();
    const started = performance.now();
    const { status, body } = await imported("a.xlsx", file);
    const grown = process.memoryUsage();
    expect([status, body.taken]).toEqual([200, 0]);
    expect(body.problems[0].what).toMatch(why);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(grown.heapTotal + grown.external - before.heapTotal - before.external).toBeLessThan(
      SPACES,
    );
  });

  it("that is empty, or a page called .csv, is refused", async () => {
    for (const bytes of [Buffer.alloc(0), ascii(SCRIPT), FILES["a program"]]) {
      const { status, body } = await imported("a.csv", bytes);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(body.taken ?? 0).toBe(0);
      expect(body.problems ?? body.detail).not.toHaveLength(0);
    }
  });

  it("larger than may be is not read", async () => {
    expect((await imported("a.csv", Buffer.alloc(23 * 1024 * 1024))).status).toBe(413);
  });
});

describe("a file of the registry", () => {
  it.each([
    ["a page", ascii(SCRIPT)],
    ["a program", FILES["a program"]],
    ["an archive", FILES["an archive"]],
    ["nothing", FILES.nothing],
  ])("that is %s imports nothing", async (_name, bytes) => {
    const files = [{ name: "people.csv", content: bytes.toString("base64") }];
    const { status, body } = await whole.api.post("/api/registry/imports", { files });
    expect([400, 422]).toContain(status);
    expect(body.detail).not.toBe("");
  });
});
