import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Api, openApi } from "../../support/api.ts";
import { callsBy, checkInLinkOf } from "../../support/api-calls.ts";

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}
interface Operation {
  summary?: string;
  tags?: string[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

let api: Api;
let document: Document;
beforeAll(async () => {
  api = await openApi();
  document = (await api.get("/api/openapi.json", null)).body;
});
afterAll(() => api.close());

/** A checker of what the document says, made from the document alone. */
function checker(path: string, method: string, status: number, type = "application/json") {
  const schema = document.paths[path]?.[method]?.responses[String(status)]?.content?.[type]?.schema;
  if (schema === undefined) throw new Error(`The document has no ${method} ${path} ${status}.`);
  const whole = { ...schema, $defs: document.components.schemas };
  const text = JSON.stringify(whole).replaceAll("#/components/schemas/", "#/$defs/");
  return z.fromJSONSchema(JSON.parse(text));
}

describe("the OpenAPI document", () => {
  it("says of every operation what it is for and what it answers", () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThan(10);
    for (const operation of operations) {
      expect(operation.summary).toBeTruthy();
      expect(operation.tags?.length).toBe(1);
    }
  });

  it("has the calls of the contract", () => {
    for (const path of [
      "/healthz",
      "/readyz",
      "/metrics",
      "/api/reports",
      "/api/events",
      "/api/events/{no}",
      "/api/events/{no}/actions",
      "/api/call-tickets",
      "/api/call-tickets/{no}",
      "/api/call-tickets/{no}/actions",
      "/api/call-tickets/{no}/form",
      "/api/call-tickets/{no}/form.pdf",
      "/api/obligations",
      "/api/stats/overview",
      "/api/audit",
      "/api/tokens",
    ])
      expect(Object.keys(document.paths)).toContain(path);
  });

  it("describes what is really answered", async () => {
    const { no } = (await api.event()).row;
    await api.act(no, { action: "accept" });
    const asked: [string, string][] = [
      ["/api/events", "/api/events"],
      ["/api/events/{no}", `/api/events/${no}`],
      ["/api/obligations", "/api/obligations"],
      ["/api/audit", "/api/audit"],
      ["/api/stats/overview", "/api/stats/overview"],
      ["/readyz", "/readyz"],
      ["/healthz", "/healthz"],
    ];
    for (const [path, url] of asked) {
      const { status, body } = await api.get(url);
      expect([path, status]).toEqual([path, 200]);
      expect([path, checker(path, "get", 200).safeParse(body).error]).toEqual([path, undefined]);
    }
    const acted = await api.act(no, { action: "assign", orgCode: "SLQ-WC-HWS" });
    const action = "/api/events/{no}/actions";
    expect(checker(action, "post", 200).safeParse(acted.body).success).toBe(true);
    expect(checker(action, "post", 200).safeParse({ ...acted.body, no: 1 }).success).toBe(false);
    const refused = await api.act(no, { action: "close" });
    const problem = checker(action, "post", 409, "application/problem+json");
    expect(problem.safeParse(refused.body).success).toBe(true);
  });

  it("describes calls as they are answered", async () => {
    const calls = callsBy(api);
    const no = await calls.dispatched();
    const ticket = "/api/call-tickets/{no}";
    for (const [path, url] of [
      ["/api/call-tickets", "/api/call-tickets"],
      [ticket, `/api/call-tickets/${no}`],
      ["/c/{key}/data", `${await checkInLinkOf(api, no, "SLQ-ZF")}/data`],
    ] as const) {
      const { status, body } = await api.get(url);
      expect([path, status]).toEqual([path, 200]);
      expect([path, checker(path, "get", 200).safeParse(body).error]).toEqual([path, undefined]);
    }
    const acted = await calls.act(no, { action: "checkIn", deptCode: "SLQ-ZF" });
    expect(checker(`${ticket}/actions`, "post", 200).safeParse(acted.body).success).toBe(true);
    const drafted = await calls.draft();
    expect(checker("/api/call-tickets", "post", 201).safeParse(drafted.body).success).toBe(true);
  });

  it("has a page for people that loads nothing from elsewhere", async () => {
    const page = await api.app.inject({ url: "/api/docs/" });
    expect(page.statusCode).toBe(200);
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(page.body).not.toMatch(/(src|href)="https?:/);
    const script = await api.app.inject({ url: "/api/docs/static/swagger-ui-bundle.js" });
    expect(script.statusCode).toBe(200);
  });
});

describe("an address that does not exist", () => {
  it("is answered with a problem", async () => {
    const answer = await api.get("/api/nothing?token=secret");
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ code: "noSuchRoute", instance: "/api/nothing" });
  });
});

describe("a body that cannot be read", () => {
  it.each([
    ["{", "application/json", 400, "invalidRequest"],
    ["<a/>", "application/xml", 415, "unsupportedMediaType"],
    [`{"text":"${"x".repeat(300_000)}"}`, "application/json", 413, "tooLarge"],
  ])("is told so", async (payload, type, status, code) => {
    const token = await api.tokenOf("nantang1-worker");
    const answer = await api.app.inject({
      method: "POST",
      url: "/api/reports",
      payload,
      headers: { "content-type": type, authorization: `Bearer ${token}` },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });
});
