import { get, type IncomingMessage } from "node:http";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../../db/queries/ids.ts";
import { attachments } from "../../../db/schema/index.ts";
import { type News, watchChanges } from "../../../services/http/change-watch.ts";
import { type Api, openApi } from "../../support/api.ts";
import { signIn } from "../../support/sign-in.ts";

const DISPATCHER = "wangchao-dispatcher-1";
const COLLEAGUE = "wangchao-officer-1";
/** The smallest PNG: one transparent point. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const FOREIGN = "liuan-dispatcher-1";

let api: Api;
let base: string;
beforeAll(async () => {
  // Ids carry real time, and so does what the watch looks for.
  api = await openApi({ realClock: { now: () => new Date() } });
  base = await api.app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  // `fetch` opens another connection after one is broken off, and keeps it.
  api.app.server.closeAllConnections();
  await api.close();
});

interface Told {
  event: string;
  id: string | null;
  data: { nos?: string[]; now: string };
}

/** Listens to the stream as a browser does, until `wanted` came. */
async function hear(
  who: string,
  wanted: (told: Told) => boolean,
  headers: Record<string, string> = {},
  meanwhile?: () => Promise<unknown>,
): Promise<{ last: Told; all: Told[] }> {
  const { cookie } = await signIn(api, who);
  const stop = new AbortController();
  const timeout = setTimeout(() => stop.abort(), 8000);
  const response = await fetch(`${base}/api/changes`, {
    headers: { cookie, ...headers },
    signal: stop.signal,
  });
  const all: Told[] = [];
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  // After the first look of the watch, which only finds out where things stand.
  if (meanwhile !== undefined) setTimeout(() => void meanwhile(), 1500);
  let text = "";
  try {
    for (;;) {
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) throw new Error("The stream ended before it came.");
      text += chunk.value;
      const parts = text.split("\n\n");
      text = parts.pop() ?? "";
      all.push(...parts.flatMap(toldIn));
      const last = all.find(wanted);
      if (last !== undefined) return { last, all };
    }
  } finally {
    clearTimeout(timeout);
    await reader?.cancel().catch(() => {});
    stop.abort();
  }
}

function toldIn(part: string): Told[] {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(part)?.[1] ?? null;
  const event = field("event");
  return event === null
    ? []
    : [{ event, id: field("id"), data: JSON.parse(field("data") ?? "{}") }];
}

describe("GET /api/changes", () => {
  it("says which number changed, and nothing of what it says", async () => {
    let no = "";
    const { last } = await hear(
      DISPATCHER,
      ({ event }) => event === "changed",
      {},
      async () => {
        no = (await api.event({ words: "秘密的话" })).row.no;
      },
    );
    expect(last.data.nos).toEqual([no]);
    expect(JSON.stringify(last)).not.toContain("秘密");
    expect(last.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("tells after a break what was missed", async () => {
    const { last } = await hear(
      DISPATCHER,
      ({ event }) => event === "changed",
      {},
      async () => {
        await api.event();
      },
    );
    const missed = (await api.event()).row.no;
    const { last: again } = await hear(DISPATCHER, ({ event }) => event === "changed", {
      "last-event-id": last.id ?? "",
    });
    expect(again.data.nos).toContain(missed);
  });

  it("tells it also where nothing had happened before the break", async () => {
    const { last } = await hear(DISPATCHER, ({ event }) => event === "time");
    const missed = (await api.event()).row.no;
    const { last: again } = await hear(DISPATCHER, ({ event }) => event === "changed", {
      "last-event-id": last.id ?? "",
    });
    expect(again.data.nos).toContain(missed);
  });

  it("lets the product stop at once", async () => {
    const second = await openApi({ realClock: { now: () => new Date() } }, api.database);
    const address = new URL(await second.app.listen({ port: 0, host: "127.0.0.1" }));
    const { cookie } = await signIn(second, DISPATCHER);
    const response = await new Promise<IncomingMessage>((resolve) => {
      get(new URL("/api/changes", address), { headers: { cookie }, agent: false }, resolve);
    });
    response.resume();
    const ended = new Promise((resolve) => response.on("end", () => resolve("ended")));
    const began = Date.now();
    await second.app.close();
    expect(await ended).toBe("ended");
    expect(Date.now() - began).toBeLessThan(2000);
  });

  it("says so where too much was missed", async () => {
    await hear(DISPATCHER, ({ event }) => event === "reset", {
      "last-event-id": "01900000-0000-7000-8000-000000000000",
    });
  });

  it("is for whoever is signed in, and a person may open a handful", async () => {
    expect((await fetch(`${base}/api/changes`)).status).toBe(401);
    const { cookie } = await signIn(api, "district-dispatcher-1");
    const stop = new AbortController();
    const opened = [];
    for (let n = 0; n < 9; n++)
      opened.push(await fetch(`${base}/api/changes`, { headers: { cookie }, signal: stop.signal }));
    expect(opened.map((one) => one.status)).toEqual([...Array(8).fill(200), 429]);
    stop.abort();
  });
});

describe("the watch of changes", () => {
  it("tells each number once, and misses none in a storm", async () => {
    const { no } = (await api.event()).row;
    const watch = watchChanges(api.database, { now: () => new Date() });
    const heard: News[] = [];
    const stop = watch.listen((news) => heard.push(news));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    heard.length = 0;
    // As many steps as a storm brings: more than one look takes in.
    await api.database.rows(sql`
      insert into event_steps select (jsonb_populate_record(s, jsonb_build_object(
        'id', ${idNow()} || lpad(to_hex(n), 12, '0'), 'event_no', 'SJ20261120-' || n))).*
      from event_steps s, generate_series(1, 2500) n where s.event_no = ${no}`);
    const numbers = () => heard.flatMap(({ nos }) => nos);
    await expect.poll(() => new Set(numbers()).size, { timeout: 5000 }).toBe(2500);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(numbers()).toHaveLength(2500);
    stop();
    watch.stop();
  });

  /** The first part of a UUIDv7 of this moment. */
  const idNow = () => {
    const time = Date.now().toString(16).padStart(12, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-`;
  };
});

describe("who looks at what", () => {
  const look = async (who: string, no: string | null) => {
    const { cookie, csrf } = await signIn(api, who);
    const answer = await api.app.inject({
      method: "PUT",
      url: "/api/looking",
      headers: { cookie, "x-yihu-csrf": csrf },
      payload: { no },
    });
    return { status: answer.statusCode, body: answer.json() };
  };

  it("is seen by others who may see the event, and told live", async () => {
    const { no } = (await api.event()).row;
    const { last } = await hear(
      COLLEAGUE,
      ({ event }) => event === "looking",
      {},
      () => look(DISPATCHER, no),
    );
    expect(last.data.nos).toEqual([no]);
    const seen = (await api.get("/api/looking", COLLEAGUE)).body.items;
    expect(seen).toEqual([{ no, personId: DISPATCHER, name: "章若兰" }]);
    expect((await api.get("/api/looking", DISPATCHER)).body.items).toEqual([]);
    await look(DISPATCHER, null);
    expect((await api.get("/api/looking", COLLEAGUE)).body.items).toEqual([]);
  });

  it("says nothing about another street", async () => {
    const { no } = (await api.event()).row;
    await look(DISPATCHER, no);
    expect((await api.get("/api/looking", FOREIGN)).body.items).toEqual([]);
    expect((await look(FOREIGN, no)).status).toBe(404);
  });
});

describe("what helps to decide", () => {
  it("names the best categories, the route and what may be the same trouble", async () => {
    const parse = {
      by: "rules" as const,
      promptVersion: null,
      confidence: 0.6,
      candidates: [
        { category: "env.binOverflow", score: 0.6 },
        { category: "env.litter", score: 0.3 },
      ],
    };
    const lamp = { category: "facility.streetlight", summary: "路灯不亮" };
    const other = (await api.event({ category: "env.litter", summary: "遍地垃圾" })).row;
    const twin = (await api.event(lamp)).row.no;
    const { no } = (await api.event({ ...lamp, parse })).row;
    const { body } = await api.get(`/api/events/${no}/surroundings`, DISPATCHER);
    expect(body.candidates[0]).toEqual({
      category: "env.binOverflow",
      categoryName: "垃圾桶满溢",
      score: 0.6,
    });
    expect(body.suggestion).toMatchObject({ orgCode: "SLQ-ZJ" });
    const nos = body.nearby.map((one: { no: string }) => one.no);
    expect(body.nearby.find((one: { no: string }) => one.no === twin)?.likely).toBe(true);
    expect(nos[0]).toBe(twin);
    expect(body.nearby.find((one: { no: string }) => one.no === other.no)?.likely).not.toBe(true);
    expect(nos).not.toContain(no);
  });

  it("is not for another street", async () => {
    const { no } = (await api.event()).row;
    expect((await api.get(`/api/events/${no}/surroundings`, FOREIGN)).status).toBe(404);
  });

  it("shows pictures to whoever may know the reporter's words, and notes who looked", async () => {
    const { no } = (await api.event()).row;
    await api.act(no, { action: "accept" });
    await api.act(no, { action: "assign", orgCode: "SLQ-WC-HWS" });
    const kept = await api.deps.attachments.keep(PNG, "png");
    await api.database.orm.insert(attachments).values({
      site: api.database.site,
      id: newId(),
      messageId: newId(),
      eventNo: no,
      kind: "picture",
      channel: "sandbox",
      ref: "x",
      state: "stored",
      mime: "image/png",
      path: kept.path,
      createdAt: api.clock.now(),
    });
    const { pictures } = (await api.get(`/api/events/${no}/surroundings`, DISPATCHER)).body;
    const path = `/api/events/${no}/pictures/${pictures[0].id}`;
    const seen = await api.get(path, DISPATCHER);
    expect([seen.status, seen.headers["content-type"]]).toEqual([200, "image/png"]);
    const { items } = (await api.get("/api/audit?limit=1")).body;
    expect(items[0]).toMatchObject({ action: "readPersonalData", subject: { no } });

    const handler = "wangchao-huanwei-1";
    const theirs = await api.get(`/api/events/${no}/surroundings`, handler);
    expect([theirs.status, theirs.body.pictures]).toEqual([200, []]);
    for (const who of [handler, FOREIGN]) expect((await api.get(path, who)).status).toBe(404);
  });
});

describe("a list of some numbers", () => {
  it("has those that may be seen, and no steps where none are wanted", async () => {
    const [one, two] = [(await api.event()).row.no, (await api.event()).row.no];
    const path = `/api/events?no=${one},${two}&steps=false`;
    const { items } = (await api.get(path, DISPATCHER)).body;
    expect(items.map(({ no }: { no: string }) => no).sort()).toEqual([one, two].sort());
    expect(items[0].steps).toEqual([]);
    expect((await api.get(path, FOREIGN)).body.items).toEqual([]);
  });
});

describe("an event of one street", () => {
  const strangers = [
    "liuan-dispatcher-1",
    "liuan-officer-1",
    "liuan-principal",
    "liuan1-worker",
    "liuan-huanwei-1",
    "zhifa-responder",
    "xiaofang-responder",
  ];

  it.each(strangers)("is nothing to %s, by any of the desk's roads", async (who) => {
    const { no } = (await api.event()).row;
    for (const path of ["", "/surroundings", `/pictures/${newId()}`]) {
      expect([path, (await api.get(`/api/events/${no}${path}`, who)).status]).toEqual([path, 404]);
    }
    expect((await api.get(`/api/events?no=${no}`, who)).body.items).toEqual([]);
    expect((await api.get(`/api/obligations?no=${no}`, who)).body.items).toEqual([]);
    const acted = await api.act(no, { action: "accept" }, who);
    expect([403, 404]).toContain(acted.status);
    expect(JSON.stringify(acted.body)).not.toContain("垃圾桶");
  });
});
