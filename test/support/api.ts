import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Database } from "../../db/client.ts";
import { findPersonById } from "../../db/queries/directory.ts";
import type { EventRecord } from "../../db/queries/events.ts";
import { loadSampleDistrict } from "../../db/registry/sample-district.ts";
import { addressGuard } from "../../services/address-guard.ts";
import { attachmentStore } from "../../services/attachment-store.ts";
import { makeCalendar } from "../../services/calendar.ts";
import { DEFAULT_POLICY } from "../../services/domain/policy.ts";
import { type AppDeps, buildApp } from "../../services/http/app.ts";
import { personActor } from "../../services/http/auth.ts";
import { silentLog } from "../../services/log.ts";
import { createMetrics } from "../../services/metrics.ts";
import { issueToken, TOKEN_HOURS } from "../../services/workflows/issue-token.ts";
import type { Office } from "../../services/workflows/office.ts";
import {
  type Report,
  type ReportedBy,
  reportEvent,
} from "../../services/workflows/report-event.ts";
import { messageStore } from "../../services/workflows/store-message.ts";
import { fixedClock } from "./clock.ts";
import { testDatabase } from "./database.ts";

export const ADMIN_TOKEN = "the-admin-token-of-these-tests";

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: what a client reads from JSON
  body: any;
}

export interface Api {
  app: FastifyInstance;
  deps: AppDeps;
  database: Database;
  office: Office;
  clock: ReturnType<typeof fixedClock>;
  /** real time, for what the sandbox's clock does not move */
  realClock: ReturnType<typeof fixedClock>;
  /** @param who - id of people.csv, `admin` for the administrator's token, null for nobody */
  get(path: string, who?: string | null): Promise<Answer>;
  post(path: string, body: unknown, who?: string | null): Promise<Answer>;
  /** An action on an event. */
  act(no: string, command: Record<string, unknown>, who?: string): Promise<Answer>;
  /** A resident's report in a group of 南塘1网格 in 望潮街道, or as the changes say. */
  event(changes?: Partial<Report>, by?: Partial<ReportedBy>): Promise<EventRecord>;
  tokenOf(personId: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * The API over a real database with the sample district, and a clock that stands still.
 *
 * @param shared - a database that is there already and stays open; absent: one of its own
 */
export async function openApi(changes: Partial<AppDeps> = {}, shared?: Database): Promise<Api> {
  const database = shared ?? (await testDatabase()).database;
  const clock = fixedClock("2026-11-25T09:00:00+08:00");
  const wallClock = fixedClock("2026-11-25T09:00:00+08:00");
  await loadSampleDistrict(database, clock.now());
  const office: Office = {
    clock,
    calendar: makeCalendar(),
    policy: DEFAULT_POLICY,
    channels: new Set(["sandbox"]),
  };
  const deps: AppDeps = {
    database,
    office,
    config: {
      adminToken: ADMIN_TOKEN,
      host: "127.0.0.1",
      model: null,
      modelFilingNo: null,
      registryDatum: "wgs84",
    },
    clock,
    realClock: wallClock,
    store: messageStore(
      database,
      clock,
      () => {},
      () => {},
    ),
    webhookGuard: addressGuard(["127.0.0.1"], async () => [{ address: "1.1.1.1", family: 4 }]),
    attachments: attachmentStore(mkdtempSync(join(tmpdir(), "yihu-api-"))),
    health: async () => [{ name: "sandbox", ok: true, detail: null }],
    metrics: createMetrics(),
    log: silentLog,
    ...changes,
  };
  const app = buildApp(deps);
  const tokens = new Map<string, string>([["admin", ADMIN_TOKEN]]);

  const tokenOf = async (personId: string): Promise<string> => {
    const known = tokens.get(personId);
    if (known !== undefined) return known;
    const person = await findPersonById(database, personId);
    if (person === null) throw new Error(`The sample district has no ${personId}.`);
    const issued = await database.transaction((tx) =>
      issueToken(tx, clock, personId, TOKEN_HOURS.api, personActor(person)),
    );
    if (issued === null) throw new Error(`No token for ${personId}.`);
    tokens.set(personId, issued.token);
    return issued.token;
  };
  const send = async (
    method: "GET" | "POST",
    url: string,
    who: string | null,
    payload?: unknown,
  ): Promise<Answer> => {
    const headers = who === null ? {} : { authorization: `Bearer ${await tokenOf(who)}` };
    const response = await app.inject({
      method,
      url,
      headers,
      ...(payload === undefined ? {} : { payload: payload as object }),
    });
    const isJson = String(response.headers["content-type"]).includes("json");
    return {
      status: response.statusCode,
      headers: response.headers,
      body: isJson ? response.json() : response.body,
    };
  };

  let residents = 0;
  return {
    app,
    deps,
    database,
    office,
    clock,
    realClock: wallClock,
    tokenOf,
    get: (path, who = "admin") => send("GET", path, who),
    post: (path, body, who = "admin") => send("POST", path, who, body),
    act: (no, command, who = "admin") => send("POST", `/api/events/${no}/actions`, who, command),
    event: (report, by) => {
      const userId = `resident-${++residents}`;
      return database.transaction((tx) =>
        reportEvent(tx, office, { ...A_REPORT, ...report }, { ...aResident(userId), ...by }),
      );
    },
    close: async () => {
      await app.close();
      if (shared === undefined) await database.close();
    },
  };
}

const A_REPORT: Report = {
  kind: "report",
  category: "env.binOverflow",
  platform: "lawEnforcement",
  level: 2,
  urgency: "normal",
  summary: "垃圾桶满溢",
  words: "我是3幢老王,楼下垃圾桶满出来了",
  place: {
    raw: "南塘家园3幢",
    addressCode: "DZ0001",
    gridCode: "SLQ-WC-NT-1",
    lng: 120.5006,
    lat: 28.5105,
  },
  groupGridCode: null,
  timeText: null,
  people: null,
  missing: [],
  confidential: false,
  emergency: false,
  source: "groupMessage",
  parse: { by: "rules", promptVersion: null, confidence: 0.9, candidates: [] },
};

const aResident = (platformUserId: string): ReportedBy => ({
  actor: {
    personId: null,
    name: null,
    orgCode: null,
    streetCode: null,
    roles: [],
    gridCodes: [],
    channel: "sandbox",
    platformUserId,
  },
  channel: "sandbox",
  platformUserId,
  conversation: { id: "nantang-1", type: "group" },
  reply: null,
  message: null,
});
