import { XMLParser } from "fast-xml-parser";

/**
 * A client of GeoReport v2 as an app would write it from the specification alone: it knows the fields and
 * their types, and complains of everything else.
 */
export interface Open311Client {
  services(): Promise<Row[]>;
  definition(code: string): Promise<Row>;
  post(fields: Record<string, string>): Promise<{ status: number; rows: Row[] }>;
  token(token: string): Promise<Row>;
  requests(query?: Record<string, string>): Promise<Row[]>;
  request(no: string): Promise<Row>;
  /** an answer that is refused */
  refused(method: "GET" | "POST", path: string, fields?: Record<string, string>): Promise<Refusal>;
}

export interface Refusal {
  status: number;
  errors: Row[];
}

export type Row = Record<string, unknown>;

const parser = new XMLParser({
  parseTagValue: false,
  isArray: (_name, path) =>
    [
      "services.service",
      "service_requests.request",
      "errors.error",
      "service_definition.attributes.attribute",
      "discovery.endpoints.endpoint",
    ].includes(String(path)),
});

/** @param base - with /open311/v2 */
export function open311Client(base: string, format: "json" | "xml"): Open311Client {
  const ask = async (method: string, path: string, fields: Record<string, string> = {}) => {
    const form = new URLSearchParams(fields);
    const url =
      method === "GET" ? `${base}/${path}.${format}?${form}` : `${base}/${path}.${format}`;
    const response = await fetch(url, method === "GET" ? {} : { method, body: form });
    const type = response.headers.get("content-type") ?? "";
    const wanted = format === "json" ? "application/json" : "text/xml";
    if (!type.startsWith(wanted) || !/charset=utf-8/i.test(type))
      throw new Error(`The answer to ${path} came as ${type}, not as ${wanted} in UTF-8.`);
    const text = await response.text();
    if (format === "xml" && !text.startsWith('<?xml version="1.0" encoding="utf-8"?>'))
      throw new Error("The XML declaration with its encoding is missing.");
    return {
      status: response.status,
      body: format === "json" ? JSON.parse(text) : parser.parse(text),
    };
  };
  const rows = (body: Record<string, Record<string, Row[]>>, root: string, item: string): Row[] => {
    const found = format === "json" ? (body as unknown as Row[]) : (body[root]?.[item] ?? []);
    if (!Array.isArray(found)) throw new Error(`${root} is no list.`);
    return found;
  };
  return {
    async services() {
      const { body } = await ask("GET", "services");
      return rows(body, "services", "service").map((row) => checked(row, SERVICE));
    },
    async definition(code) {
      const { body } = await ask("GET", `services/${code}`);
      return format === "json" ? body : body.service_definition;
    },
    async post(fields) {
      const { status, body } = await ask("POST", "requests", fields);
      return { status, rows: rows(body, "service_requests", "request") };
    },
    async token(token) {
      const { body } = await ask("GET", `tokens/${token}`);
      return rows(body, "service_requests", "request")[0] ?? {};
    },
    async requests(query) {
      const { body } = await ask("GET", "requests", query);
      return rows(body, "service_requests", "request").map((row) => checked(row, REQUEST));
    },
    async request(no) {
      const { body } = await ask("GET", `requests/${no}`);
      return checked(rows(body, "service_requests", "request")[0] ?? {}, REQUEST);
    },
    async refused(method, path, fields) {
      const { status, body } = await ask(method, path, fields);
      return { status, errors: rows(body, "errors", "error") };
    },
  };
}

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === "string" && value !== "";
const mayBe =
  (check: Check): Check =>
  (value) =>
    value === null || value === undefined || value === "" || check(value);
const one =
  (...values: string[]): Check =>
  (value) =>
    values.includes(String(value));
const moment: Check = (value) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(String(value));
const degrees: Check = (value) => Number.isFinite(Number(value));

const SERVICE: Record<string, Check> = {
  service_code: text,
  service_name: text,
  description: text,
  metadata: one("true", "false"),
  type: one("realtime", "batch", "blackbox"),
  keywords: mayBe(text),
  group: mayBe(text),
};

const REQUEST: Record<string, Check> = {
  service_request_id: text,
  status: one("open", "closed"),
  status_notes: mayBe(text),
  service_name: mayBe(text),
  service_code: text,
  description: mayBe(text),
  agency_responsible: mayBe(text),
  service_notice: mayBe(text),
  requested_datetime: moment,
  updated_datetime: moment,
  expected_datetime: mayBe(moment),
  address: mayBe(text),
  address_id: mayBe(text),
  zipcode: mayBe(text),
  lat: mayBe(degrees),
  long: mayBe(degrees),
  media_url: mayBe(text),
};

/** Every field of the specification is there, of its type, and no other. */
function checked(row: Row, checks: Record<string, Check>): Row {
  for (const [name, check] of Object.entries(checks)) {
    if (!(name in row)) throw new Error(`${name} is missing: ${JSON.stringify(row)}`);
    if (!check(row[name])) throw new Error(`${name} is not as specified: ${JSON.stringify(row)}`);
  }
  const foreign = Object.keys(row).filter((name) => !(name in checks));
  if (foreign.length > 0) throw new Error(`The specification knows no ${foreign.join(", ")}.`);
  return row;
}
