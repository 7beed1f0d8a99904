import { ROLES } from "../../../../services/domain/actor.ts";
import { ADMIN_REQUESTS } from "../../../support/admin-requests.ts";
import { ELSEWHERE, type PEOPLE } from "../../../support/roles.ts";

/** Who asks: somebody of each role, somebody of a street's role in another street, and a resident. */
export type Who = keyof typeof PEOPLE | keyof typeof ELSEWHERE | "resident";

/** What there is to ask about: all of it 望潮街道's. */
export interface Things {
  event: string;
  /** of an electricity meter in its 南塘1网格 */
  alarm: string;
  call: string;
  photo: string;
  /** a report file that the street's officer asked for */
  report: string;
  /** a session of the dispatcher's */
  session: string;
  /** the path of a department's check-in page */
  checkIn: string;
}

export interface RouteRow {
  route: string;
  /** a request that reads well: its address and its body */
  request(things: Things): readonly [url: string, body?: unknown];
  /** Who is answered; everybody else gets 401, 403 or 404. */
  answered: "everybody" | "by what it is" | readonly Who[];
}

const STAFF: readonly Who[] = [...ROLES, ...(Object.keys(ELSEWHERE) as Who[])];
const SIGNED_IN: readonly Who[] = [...STAFF, "resident"];
const DISTRICT: readonly Who[] = ["districtDispatcher", "supervisor", "followUpAgent", "admin"];

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const NOBODYS = "00000000-0000-4000-8000-000000000000";
const PERIOD = "from=2026-11-01&to=2026-11-30";

/** Whoever may see the event: its grid, its street, whoever handles it, the district. */
const SEES_EVENT: readonly Who[] = [
  ...DISTRICT,
  "gridWorker",
  "gridLeader",
  "gridMentor",
  "dispatcher",
  "stationOfficer",
  "streetOfficer",
  "streetPrincipal",
];
/** Whoever may know that there was the alarm; whose home it is in only the first three. */
const SEES_ALARM: readonly Who[] = [
  "gridWorker",
  "gridLeader",
  "dispatcher",
  "streetOfficer",
  "streetPrincipal",
  "districtDispatcher",
  "supervisor",
  "admin",
];
/** Whoever may see the call: its street, the departments that are called, the district. */
const SEES_CALL: readonly Who[] = [
  ...DISTRICT,
  "gridWorker",
  "gridLeader",
  "gridMentor",
  "dispatcher",
  "stationOfficer",
  "streetOfficer",
  "streetPrincipal",
  "responder",
];
/** The command rooms, each of its own street, and whoever administers. */
const HOTLINE_STAFF: readonly Who[] = [
  "dispatcher",
  "dispatcherElsewhere",
  "districtDispatcher",
  "admin",
];
const HAS_REPORTS: readonly Who[] = [
  ...DISTRICT,
  "dispatcher",
  "streetOfficer",
  "streetPrincipal",
  "dispatcherElsewhere",
  "streetOfficerElsewhere",
  "streetPrincipalElsewhere",
];

const row = (
  route: string,
  answered: RouteRow["answered"],
  request: string | RouteRow["request"] = route.split(" ")[1] ?? "",
  body?: unknown,
): RouteRow => ({
  route,
  answered,
  request: typeof request === "string" ? () => [request, body] : request,
});

const OPEN: readonly RouteRow[] = [
  row("GET /", "everybody"),
  row("GET /healthz", "everybody"),
  row("GET /readyz", "everybody"),
  row("GET /metrics", "everybody"),
  row("GET /privacy", "everybody"),
  row("GET /api/docs", "everybody"),
  row("GET /api/docs/static/index.html", "everybody"),
  row("GET /api/docs/static/swagger-initializer.js", "everybody"),
  row("GET /api/docs/json", "everybody"),
  row("GET /api/docs/yaml", "everybody"),
  row("GET /api/openapi.json", "everybody"),
  row("GET /api/docs/static/*", "everybody", "/api/docs/static/index.css"),
  row("GET /api/sign-in", "everybody"),
  row("POST /api/session", "everybody", "/api/session", {}),
  row("GET /c/:key", "everybody", ({ checkIn }) => [checkIn]),
  row("GET /c/:key/data", "everybody", ({ checkIn }) => [`${checkIn}/data`]),
  row("POST /c/:key", "everybody", ({ checkIn }) => [checkIn, {}]),
  row("GET /desk", "everybody"),
  row("GET /desk/*", "everybody", "/desk/calls"),
  row("GET /login", "everybody"),
  row("GET /login/:key", "everybody", "/login/a-key-that-nobody-has-12"),
  row("GET /m", "everybody"),
  row("GET /m/*", "everybody", "/m/report"),
  row("GET /m/files.json", "everybody"),
  row("GET /m/worker.js", "everybody"),
  ...["discovery", "v2/requests", "v2/services"].flatMap((name) =>
    ["json", "xml"].map((format) => row(`GET /open311/${name}.${format}`, "everybody")),
  ),
];

/** What stands here is found or not, whoever asks: only what lies in public space is public. */
const FOUND_OR_NOT: readonly RouteRow[] = [
  row("GET /web/assets/*", "by what it is", "/web/assets/none.js"),
  ...["json", "xml"].flatMap((format) => [
    row(
      `GET /open311/v2/services/:code.${format}`,
      "by what it is",
      `/open311/v2/services/x.${format}`,
    ),
    row(`GET /open311/v2/requests/:no.${format}`, "by what it is", ({ event }) => [
      `/open311/v2/requests/${event}.${format}`,
    ]),
    row(
      `GET /open311/v2/tokens/:token.${format}`,
      "by what it is",
      `/open311/v2/tokens/x.${format}`,
    ),
    row(`POST /open311/v2/requests.${format}`, [], `/open311/v2/requests.${format}`, {}),
  ]),
];

/** Elsewhere than on its own machine the sandbox opens with ADMIN_TOKEN alone. */
const SANDBOX: readonly RouteRow[] = [
  "GET /sandbox",
  "GET /sandbox/call-tickets/:no/form",
  "GET /sandbox/call-tickets/:no/form.pdf",
  "GET /sandbox/clock",
  "GET /sandbox/conversations",
  "GET /sandbox/events/:no",
  "GET /sandbox/messages",
  "GET /sandbox/people",
  "GET /sandbox/pictures/:ref",
  "GET /sandbox/stream",
  "POST /sandbox/clock",
  "POST /sandbox/messages",
  "POST /sandbox/session",
].map((route) => row(route, []));

export const EVERY_ROUTE: readonly RouteRow[] = [
  ...OPEN,
  ...SANDBOX,
  ...FOUND_OR_NOT,
  row("GET /api/changes", SIGNED_IN),
  row("POST /api/reports", SIGNED_IN, "/api/reports", { text: "路灯不亮", kind: "report" }),
  row("GET /api/reports/:messageId", [], "/api/reports/0192f7f0-0000-7000-8000-000000000009"),
  row("GET /api/events", SIGNED_IN),
  row("GET /api/events/:no", SEES_EVENT, ({ event }) => [`/api/events/${event}`]),
  row("POST /api/events/:no/actions", ["dispatcher", "stationOfficer"], ({ event }) => [
    `/api/events/${event}/actions`,
    { action: "progress", note: "在路上" },
  ]),
  row("GET /api/events/:no/surroundings", SEES_EVENT, ({ event }) => [
    `/api/events/${event}/surroundings`,
  ]),
  row("GET /api/events/:no/pictures/:id", [], ({ event, photo }) => [
    `/api/events/${event}/pictures/${photo}`,
  ]),
  row("GET /api/events/:no/photos/:id", SEES_EVENT, ({ event, photo }) => [
    `/api/events/${event}/photos/${photo}`,
  ]),
  row("PUT /api/events/:no/photos/:id", ["dispatcher", "stationOfficer"], ({ event }) => [
    `/api/events/${event}/photos/0192f7f0-0000-4000-8000-000000000002?stage=after`,
    PNG,
  ]),
  row("GET /api/events/:no/special-report", ["dispatcher"], ({ event }) => [
    `/api/events/${event}/special-report`,
  ]),
  row("GET /api/looking", SIGNED_IN),
  row("PUT /api/looking", SIGNED_IN, "/api/looking", { no: null }),
  row("GET /api/directory", STAFF),
  row("GET /api/call-tickets", SIGNED_IN),
  row("GET /api/call-tickets/:no", SEES_CALL, ({ call }) => [`/api/call-tickets/${call}`]),
  row("GET /api/call-tickets/:no/form", SEES_CALL, ({ call }) => [
    `/api/call-tickets/${call}/form`,
  ]),
  row("GET /api/call-tickets/:no/form.pdf", SEES_CALL, ({ call }) => [
    `/api/call-tickets/${call}/form.pdf`,
  ]),
  row("GET /api/call-tickets/:no/photos/:id", SEES_CALL, ({ call, photo }) => [
    `/api/call-tickets/${call}/photos/${photo}`,
  ]),
  row("PUT /api/call-tickets/:no/photos/:id", ["responder"], ({ call }) => [
    `/api/call-tickets/${call}/photos/0192f7f0-0000-4000-8000-000000000003?stage=after`,
    PNG,
  ]),
  row(
    "POST /api/call-tickets",
    ["streetOfficer", "streetPrincipal", "streetOfficerElsewhere", "streetPrincipalElsewhere"],
    "/api/call-tickets",
    { cause: "占道", deptCodes: ["SLQ-ZF"] },
  ),
  row(
    "POST /api/call-tickets/:no/actions",
    ["districtDispatcher", "responder", "streetOfficer", "streetPrincipal"],
    ({ call }) => [
      `/api/call-tickets/${call}/actions`,
      { action: "siteLog", deptCode: "SLQ-ZF", note: "还在现场" },
    ],
  ),
  row(
    "POST /api/call-tickets/:no/upward",
    ["streetOfficer", "streetPrincipal", "districtDispatcher", "admin"],
    ({ call }) => [`/api/call-tickets/${call}/upward`, {}],
  ),
  // Wants a signature, and no token counts for one.
  row("POST /api/alarms", [], "/api/alarms", { kind: "litter", device: "C-1" }),
  row("GET /api/alarms", SIGNED_IN),
  row("GET /api/alarms/:no", SEES_ALARM, ({ alarm }) => [`/api/alarms/${alarm}`]),
  row("GET /api/alarms/:no/picture", ["gridWorker", "gridLeader", "dispatcher"], ({ alarm }) => [
    `/api/alarms/${alarm}/picture`,
  ]),
  // A reason is wanted, so nothing is decided and everybody who may is told the same.
  row("POST /api/alarms/:no/actions", ["gridWorker", "gridLeader", "dispatcher"], ({ alarm }) => [
    `/api/alarms/${alarm}/actions`,
    { action: "falseAlarm", reason: "" },
  ]),
  row("POST /api/hotline/:line/orders", "by what it is", "/api/hotline/12345/orders", {
    orders: [{ 工单编号: "R-1", 诉求内容: "路灯不亮" }],
  }),
  row("GET /api/hotline/:line/orders", HOTLINE_STAFF, "/api/hotline/12345/orders"),
  // Asked for an order that nobody has sent, so nobody is answered.
  row("GET /api/hotline/:line/orders/:no", [], "/api/hotline/12345/orders/R-404"),
  row("POST /api/hotline/:line/imports", HOTLINE_STAFF, "/api/hotline/12345/imports", {
    name: "a.csv",
    content: "",
    dryRun: true,
  }),
  row(
    "POST /api/hotline/:line/answers/exports",
    ["districtDispatcher", "admin"],
    "/api/hotline/12345/answers/exports",
    { format: "csv" },
  ),
  row("GET /api/obligations", SIGNED_IN),
  row("GET /api/audit", ["supervisor", "admin"]),
  row("GET /api/stats/overview", STAFF),
  row("GET /api/stats/breakdown", STAFF, "/api/stats/breakdown?by=category"),
  row("GET /api/stats/trend", STAFF, `/api/stats/trend?${PERIOD}`),
  row("GET /api/stats/heat", STAFF),
  row("GET /api/stats/list", STAFF, "/api/stats/list?measure=created"),
  row("GET /api/stats/map", STAFF),
  row("GET /api/mandate-proposals", ["districtDispatcher", "supervisor", "admin"]),
  row("GET /api/policy", STAFF),
  row("GET /api/patrols", SIGNED_IN),
  row(
    "POST /api/patrols",
    ["gridWorker", "gridLeader", "gridWorkerElsewhere", "gridLeaderElsewhere"],
    "/api/patrols",
    { startedAt: "2026-11-25T08:50:00+08:00" },
  ),
  row("GET /api/report-files", [...HAS_REPORTS, "responder", "responderElsewhere"]),
  row("POST /api/report-files", HAS_REPORTS, "/api/report-files", {
    kind: "eventLedger",
    format: "csv",
    from: "2026-11-01",
    to: "2026-11-30",
  }),
  row("GET /api/report-files/:id", ["streetOfficer", "admin"], ({ report }) => [
    `/api/report-files/${report}`,
  ]),
  row("GET /api/report-files/:id/file", ["streetOfficer", "admin"], ({ report }) => [
    `/api/report-files/${report}/file`,
  ]),
  row("POST /api/report-photos", SIGNED_IN, "/api/report-photos", PNG),
  row("POST /api/tokens", [], "/api/tokens", { personId: "nantang1-worker" }),
  row("GET /api/session", SIGNED_IN),
  row("GET /api/sessions", SIGNED_IN),
  row("DELETE /api/sessions/:id", ["dispatcher"], ({ session }) => [`/api/sessions/${session}`]),
  row("POST /api/account-codes", [], "/api/account-codes", { personId: "nantang1-worker" }),
  // Asked with an id that nobody has, so nobody is answered.
  row("GET /api/webhooks/:id/deliveries", ["admin"], `/api/webhooks/${NOBODYS}/deliveries`),
  row("DELETE /api/webhooks/:id", [], `/api/webhooks/${NOBODYS}`),
  row("POST /api/webhooks/:id/replay", [], `/api/webhooks/${NOBODYS}/replay`, {
    since: "2026-11-25",
  }),
  row("GET /api/alarm-sources/:id/devices", [], `/api/alarm-sources/${NOBODYS}/devices`),
  row("POST /api/alarm-sources/:id/secret", [], `/api/alarm-sources/${NOBODYS}/secret`, {}),
  row("DELETE /api/alarm-sources/:id", [], `/api/alarm-sources/${NOBODYS}`),
  ...ADMIN_REQUESTS.map(([method, url, body]) => row(`${method} ${url}`, ["admin"], url, body)),
  // What they are asked with is over afterwards.
  row("DELETE /api/session", SIGNED_IN),
  row("DELETE /api/tokens", SIGNED_IN),
];
