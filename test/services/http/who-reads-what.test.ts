import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, openApi } from "../../support/api.ts";
import { ownReportStore, renderAll } from "../../support/reports.ts";
import { ADMINISTRATION, LISTS, NEITHER } from "./who-reads-what/lists.ts";
import { makeObjects, type ReadObject, WHO, type Who } from "./who-reads-what/objects.ts";
import { TABLE } from "./who-reads-what/table.ts";

const EVERYBODY = Object.keys(WHO) as Who[];
/** What somebody has no right to is unknown to them, or closed. */
const REFUSED = [403, 404];

const reports = ownReportStore();
let api: Api;
const routes: string[] = [];
let objects: readonly ReadObject[];
/** What of the objects each reads alone, asked for before anything else. */
const reads = new Map<Who, Set<string>>();
const strange: string[] = [];

beforeAll(async () => {
  api = await openApi({ reports });
  api.app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) if (one !== "HEAD") routes.push(`${one} ${url}`);
  });
  objects = await makeObjects(api);
  for (const who of EVERYBODY) {
    const read = new Set<string>();
    for (const object of objects) {
      const told = await Promise.all(object.alone.map((url) => ask(url, who)));
      const isRead = told.map((answer) => isReadIn(answer, object));
      if (new Set(isRead).size > 1) strange.push(`${who}: ${object.name}: ${isRead.join(" ")}`);
      if (isRead.every(Boolean)) read.add(object.name);
    }
    reads.set(who, read);
  }
});
afterAll(() => api.close());

const answers = new Map<string, Promise<Answer>>();

/** Nothing changes meanwhile, so the same is asked once. */
function ask(url: string, who: Who): Promise<Answer> {
  const key = `${who} ${url}`;
  const known = answers.get(key) ?? askNow(url, who);
  answers.set(key, known);
  return known;
}

async function askNow(url: string, who: Who): Promise<Answer> {
  const answer = await api.get(encodeURI(url), WHO[who]);
  if (answer.status !== 200 && !REFUSED.includes(answer.status))
    strange.push(`${who}: ${url}: ${answer.status}`);
  return answer;
}

const textOf = ({ body }: Answer): string =>
  typeof body === "string" ? body : JSON.stringify(body);

function isReadIn(answer: Answer, { mark, says = mark }: ReadObject): boolean {
  return answer.status === 200 && (says === null || textOf(answer).includes(says));
}

const readsAlone = (who: Who, name: string): boolean => reads.get(who)?.has(name) ?? false;

/** The objects that an answer betrays to somebody who may not read them. */
const betrayed = (who: Who, url: string, text: string): string[] =>
  objects.flatMap(({ name, mark, within = "" }) =>
    mark !== null && url.startsWith(within) && text.includes(mark) && !readsAlone(who, name)
      ? [name]
      : [],
  );

/** What ledgers have rows of. */
const LISTED = ["event", "confidential event", "complaint about officials", "call"];

/** Of those who read the same of what is listed, and have reports or have none, the first. */
async function oneOfEach(): Promise<Who[]> {
  const found = new Map<string, Who>();
  for (const who of EVERYBODY) {
    const { status } = await ask("/api/report-files?limit=100", who);
    const key = [status, ...LISTED.filter((name) => readsAlone(who, name))].join();
    if (!found.has(key)) found.set(key, who);
  }
  return [...found.values()];
}

describe("who reads what", () => {
  it("is as the table says for each role and each object, asked for alone", () => {
    expect(strange).toEqual([]);
    const told = objects.map(({ name }) => [
      name,
      EVERYBODY.filter((who) => readsAlone(who, name)),
    ]);
    const expected = Object.entries(TABLE).map(([name, readers]) => [
      name,
      EVERYBODY.filter((who) => readers.includes(who)),
    ]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
  });

  it("is the same in every list, search and figure", async () => {
    const wrong: string[] = [];
    for (const who of EVERYBODY) {
      api.realClock.advance({ minutes: 2 });
      for (const [url, holds] of Object.entries(LISTS)) {
        const answer = await ask(url, who);
        const text = answer.status === 200 ? textOf(answer) : "";
        for (const name of betrayed(who, url, text)) wrong.push(`${who}: ${url} shows ${name}`);
        for (const object of objects.filter(({ name }) => holds.includes(name)))
          if (readsAlone(who, object.name) && !text.includes(object.mark ?? object.name))
            wrong.push(`${who}: ${url} lacks ${object.name}`);
      }
    }
    expect([...wrong, ...strange]).toEqual([]);
  });

  it("counts what somebody is shown, and nothing else", async () => {
    const wrong: string[] = [];
    for (const who of EVERYBODY) {
      const overview = await ask("/api/stats/overview", who);
      if (overview.status !== 200) continue;
      for (const measure of ["created", "open"]) {
        const list = await ask(`/api/stats/list?measure=${measure}&limit=100`, who);
        const rows: { no: string; visible: boolean }[] = list.body.items;
        const hidden = rows.filter(({ visible }) => !visible).map(({ no }) => no);
        const count = overview.body.counts[measure];
        if (count !== rows.length || hidden.length > 0)
          wrong.push(`${who}: ${measure} ${count} of ${rows.length}, hidden ${hidden}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("is the same in what is taken out as a file", async () => {
    const wrong: string[] = [];
    const asked: (readonly [Who, string])[] = [];
    // A file takes a second, so of those who read the same of it one asks.
    for (const kind of ["eventLedger", "callLedger"])
      for (const who of await oneOfEach()) {
        const period = { from: "2026-11-01", to: "2026-11-30" };
        const body = { kind, format: "csv", ...period };
        const answer = await api.post("/api/report-files", body, WHO[who]);
        if (answer.status === 202) asked.push([who, answer.body.id]);
        else if (answer.status !== 403) wrong.push(`${who}: ${kind} ${answer.status}`);
      }
    expect(await renderAll(api, reports)).toBeGreaterThanOrEqual(asked.length);
    for (const [who, id] of asked) {
      const file = await ask(`/api/report-files/${id}/file`, who);
      if (!textOf(file).includes(",")) wrong.push(`${who}: got no file`);
      for (const name of betrayed(who, "/file", textOf(file)))
        wrong.push(`${who}: a file shows ${name}`);
    }
    for (const who of EVERYBODY) {
      const url = "/api/hotline/12345/answers/exports";
      const body = { format: "csv", since: "2026-11-01" };
      const answer = await api.post(url, body, WHO[who]);
      for (const name of answer.status === 200 ? betrayed(who, url, textOf(answer)) : [])
        wrong.push(`${who}: answers to the hotline show ${name}`);
    }
    expect(asked.length).toBeGreaterThan(5);
    expect(wrong).toEqual([]);
  });

  it("leaves out nothing that can be read", () => {
    const urls = [...objects.flatMap(({ alone }) => alone), ...Object.keys(LISTS)];
    const asked = urls.map((url) => url.split("?", 1)[0] ?? "");
    const left = routes
      .filter((route) => route.startsWith("GET /api/") && !ADMINISTRATION.test(route))
      .filter((route) => !(route in NEITHER) && !asked.some((url) => isOf(route, url)));
    // A file of a report is asked for in the test of what is taken out.
    expect(left).toEqual(["GET /api/report-files/:id/file"]);
  });
});

const isOf = (route: string, url: string): boolean =>
  new RegExp(`^GET ${route.slice(4).replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+")}$`).test(
    `GET ${url}`,
  );
