import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { people } from "../../../db/schema/index.ts";
import { alarmSource } from "../../support/alarm-source.ts";
import { callsBy, checkInLinkOf } from "../../support/api-calls.ts";
import { ownReportStore, renderAll } from "../../support/reports.ts";
import { ELSEWHERE, PEOPLE } from "../../support/roles.ts";
import { signIn } from "../../support/sign-in.ts";
import { openWholeApp, type WholeApp } from "../../support/whole-app.ts";
import { EVERY_ROUTE, type Things, type Who } from "./every-route/table.ts";

const RESIDENT = "a-resident";
const WHO: Readonly<Record<Who, string>> = { ...PEOPLE, ...ELSEWHERE, resident: RESIDENT };
/** What the residents said and the street wrote: what only some may read. */
const SECRETS = /老王|没人倒的桶|油烟扰民反复|301室/;
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

let whole: WholeApp;
let things: Things;

beforeAll(async () => {
  const reports = ownReportStore();
  whole = await openWholeApp({
    reports,
    ear: () => ({
      rehearse: () => ({
        kind: "report",
        reports: true,
        emergency: null,
        confidence: 1,
        items: [],
      }),
      promptVersion: "parse-report@1",
      readsClassifier: () => true,
    }),
  });
  const { api } = whole;
  await api.database.orm.insert(people).values({
    site: api.database.site,
    id: RESIDENT,
    name: "王阿姨",
    orgCode: "SLQ-WC-NT",
    roles: [],
    gridCodes: [],
  });
  const event = (await api.event({ summary: "没人倒的桶" })).row.no;
  await api.act(event, { action: "accept" }, PEOPLE.dispatcher);
  await api.act(event, { action: "assign", orgCode: "SLQ-WC-HWS" }, PEOPLE.dispatcher);
  await api.act(event, { action: "sign" }, PEOPLE.stationOfficer);
  const call = await callsBy(api).dispatched();
  const photo = "0192f7f0-0000-4000-8000-000000000001";
  for (const [who, of] of [
    [PEOPLE.stationOfficer, `events/${event}`],
    [PEOPLE.responder, `call-tickets/${call}`],
  ] as const) {
    const kept = await api.app.inject({
      method: "PUT",
      url: `/api/${of}/photos/${photo}?stage=before`,
      headers: {
        authorization: `Bearer ${await api.tokenOf(who)}`,
        "content-type": "image/png",
      },
      payload: PNG,
    });
    expect(kept.statusCode).toBe(200);
  }
  const asked = { kind: "eventLedger", format: "csv", from: "2026-11-01", to: "2026-11-30" };
  const report = (await api.post("/api/report-files", asked, PEOPLE.streetOfficer)).body.id;
  await renderAll(api, reports);
  const meters = await alarmSource(api);
  const alarm = await meters.send({
    kind: "electricity",
    device: "D-301",
    place: "南塘家园6号楼301室",
    lng: 120.5006,
    lat: 28.5105,
    picture: PNG.toString("base64"),
  });
  const { cookie } = await signIn(api, PEOPLE.dispatcher);
  const sessions = await api.app.inject({ url: "/api/sessions", headers: { cookie } });
  things = {
    event,
    alarm: alarm.body.no,
    call,
    photo,
    report,
    session: sessions.json().items[0].id,
    checkIn: await checkInLinkOf(api, call, "SLQ-ZF"),
  };
});
afterAll(() => whole.close());

interface Answered {
  status: number;
  text: string;
}

/** Asks over the wire; of what does not end, the beginning is enough. */
async function ask(route: string, url: string, body: unknown, token: string | null) {
  const [method = ""] = route.split(" ");
  const giveUp = new AbortController();
  const headers: Record<string, string> = {};
  if (token !== null) headers.authorization = `Bearer ${token}`;
  if (body !== undefined)
    headers["content-type"] = body instanceof Buffer ? "image/png" : "application/json";
  const answer = await fetch(`${whole.base}${url}`, {
    method,
    headers,
    redirect: "manual",
    signal: giveUp.signal,
    ...(body === undefined ? {} : { body: body instanceof Buffer ? body : JSON.stringify(body) }),
  });
  const isStream = String(answer.headers.get("content-type")).includes("event-stream");
  const text = isStream ? "" : await answer.text();
  if (isStream) giveUp.abort();
  return { status: answer.status, text } satisfies Answered;
}

const isKeptOut = (status: number): boolean => [401, 403, 404].includes(status);

/** The registered route that an address belongs to: one without parameters goes before one with. */
function routeOf(method: string, url: string): string {
  const asked = `${method} ${url.split("?", 1)[0]}`;
  const shapes = whole.routes.filter((route) => {
    const [literal = "", ...rest] = route.split(/:\w+/);
    const pattern = [literal, ...rest]
      .map((part) => part.replaceAll(/[.*]/g, "\\$&"))
      .join("[^/]+");
    return new RegExp(`^${pattern}$`).test(asked);
  });
  return shapes.find((route) => !route.includes(":")) ?? shapes[0] ?? asked;
}

describe("every route", () => {
  it("is in the table, and the table has no others", () => {
    const covered = EVERY_ROUTE.map(({ route }) => {
      const [method = "", url = ""] = route.split(" ");
      return whole.routes.includes(route) ? route : routeOf(method, url);
    });
    expect([...new Set(whole.routes)].sort()).toEqual([...new Set(covered)].sort());
  });

  it("answers nobody, a forged token and each role as the table says", async () => {
    const told: Record<string, string> = {};
    const expected: Record<string, string> = {};
    const leaks: string[] = [];
    for (const { route, request, answered } of EVERY_ROUTE) {
      const [url, body] = request(things);
      // Many failures from one address are held off for a minute.
      whole.api.realClock.advance({ minutes: 2 });
      expected[route] = typeof answered === "string" ? answered : [...answered].sort().join(" ");
      const unknown = [null, "a-token-that-nobody-has-0123456789"];
      const strangers = [];
      for (const token of unknown) strangers.push(await ask(route, url, body, token));
      if (answered === "by what it is") {
        // The same for a stranger as for a forged token, and never what somebody said of themselves.
        const same = new Set(strangers.map(({ status }) => status)).size === 1;
        told[route] = same && !/老王/.test(strangers[0]?.text ?? "") ? answered : "different";
        continue;
      }
      if (answered === "everybody") {
        const open = strangers.every(({ status }) => !isKeptOut(status) && status < 500);
        told[route] = open ? answered : strangers.map(({ status }) => status).join(" ");
        continue;
      }
      const names = await Promise.all(
        Object.entries(WHO).map(async ([who, id]) => {
          const { status, text } = await ask(route, url, body, await whole.api.tokenOf(id));
          const isIn = status < 500 && !isKeptOut(status);
          if (SECRETS.test(text) && (!isIn || isElsewhere(who)))
            leaks.push(`${route} ${who}: ${text.slice(0, 200)}`);
          return status >= 500 ? [`${who}:${status}`] : isIn ? [who] : [];
        }),
      );
      const known = strangers.filter(({ status }) => ![401, 403].includes(status));
      told[route] = [
        ...known.map(({ status }) => `stranger:${status}`),
        ...names.flat().sort(),
      ].join(" ");
    }
    expect(told).toEqual(expected);
    expect(leaks).toEqual([]);
  });
});

/** Nothing that happened in 望潮街道 is theirs to read. */
const isElsewhere = (who: string): boolean => /Elsewhere$|^resident$/.test(who);
