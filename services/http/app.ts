import { randomUUID } from "node:crypto";
import type { Span } from "@opentelemetry/api";
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
} from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Database } from "../../db/client.ts";
import type { AddressGuard } from "../address-guard.ts";
import type { AttachmentStore } from "../attachment-store.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { IncomingMessage } from "../domain/incoming.ts";
import type { Rehearsal } from "../domain/rehearsal.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { ReportStore } from "../reports/report-store.ts";
import { beginSpan } from "../tracing.ts";
import type { DingTalkLogin } from "../workflows/dingtalk-login.ts";
import type { Office } from "../workflows/office.ts";
import { authenticate } from "./auth.ts";
import { answerErrors } from "./errors.ts";
import { describeApi } from "./openapi.ts";
import { limitAddresses, limitPersons } from "./request-limits.ts";
import { accountCodeRoutes } from "./routes/account-codes.ts";
import { adminRoutes } from "./routes/admin/admin-routes.ts";
import { alarmIntakeRoute } from "./routes/alarm-intake.ts";
import { alarmRoutes } from "./routes/alarms.ts";
import { auditRoutes } from "./routes/audit.ts";
import { callActionRoutes } from "./routes/call-actions.ts";
import { callDraftRoutes } from "./routes/call-drafts.ts";
import { callPhotoRoutes } from "./routes/call-photos.ts";
import { callTicketRoutes } from "./routes/call-tickets.ts";
import { callUpwardRoutes } from "./routes/call-upward.ts";
import { changesRoute } from "./routes/changes.ts";
import { checkInRoutes } from "./routes/check-in.ts";
import { directoryRoute } from "./routes/directory.ts";
import { eventActionRoutes } from "./routes/event-actions.ts";
import { eventSurroundingsRoutes } from "./routes/event-surroundings.ts";
import { eventRoutes } from "./routes/events.ts";
import { hardCaseRoutes } from "./routes/hard-cases.ts";
import { healthRoutes } from "./routes/health.ts";
import { hotlineRoutes } from "./routes/hotline.ts";
import { hotlineFeedRoute } from "./routes/hotline-feed.ts";
import { lookingRoutes } from "./routes/looking.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { obligationRoutes } from "./routes/obligations.ts";
import { patrolRoutes } from "./routes/patrols.ts";
import { policyRoutes } from "./routes/policy.ts";
import { callFormRoutes } from "./routes/print-call-form.ts";
import { privacyRoute } from "./routes/privacy.ts";
import { reportFileRoutes } from "./routes/report-files.ts";
import { reportRoutes } from "./routes/reports.ts";
import { rootRoute } from "./routes/root.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { signInRoute } from "./routes/sign-in.ts";
import { statsRoutes } from "./routes/stats.ts";
import { statsBreakdownRoute } from "./routes/stats-breakdown.ts";
import { statsListRoute } from "./routes/stats-list.ts";
import { statsMapRoute } from "./routes/stats-map.ts";
import { statsTrendRoutes } from "./routes/stats-trend.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import { workPhotoRoutes } from "./routes/work-photos.ts";

/** A part of the product besides database and HTTP, such as a channel; `detail` says what to do about it. */
export interface HealthPart {
  name: string;
  ok: boolean;
  detail: string | null;
}

/** What the bot hands over for trying and switching; the API itself understands nothing. */
export interface TrialEar {
  /** how words would be read in a grid's group, or in private; by rules, nothing is written */
  rehearse(text: string, gridCode: string | null): Rehearsal;
  /** of the prompt that the model is told */
  promptVersion: string;
  /** whether this version of the product reads a classifier's weights */
  readsClassifier(model: string): boolean;
}

export interface AppDeps {
  database: Database;
  office: Office;
  config: Pick<Config, "adminToken" | "host" | "model" | "modelFilingNo" | "registryDatum"> &
    Partial<Pick<Config, "mapTiles" | "hotlines" | "requestsPerMinute" | "trustedProxies">>;
  /** the product's clock; the sandbox moves it */
  clock: Clock;
  /** real time, for rate limits; absent: the machine's */
  realClock?: Clock;
  /** puts a message into the inbox, once; resolves when it is safe there (`messageStore`) */
  store(message: IncomingMessage): Promise<"stored" | "seenBefore">;
  /** something was put into the inbox by another road than `store`: the bot need not wait for its next look */
  arrived?(): void;
  /** looks at addresses of other systems before they are called */
  webhookGuard: AddressGuard;
  /** pictures that people sent */
  attachments: AttachmentStore;
  /** reports as files; absent: none is kept here */
  reports?: ReportStore;
  /** somebody asked for a report: the job need not wait for its next time */
  reportAsked?(): void;
  /** the bot's ear, where it runs in this process; else null */
  ear?(): TrialEar | null;
  /**
   * Registry, calendar or limits changed here: reads them at once, and counts open deadlines anew where
   * this process does. Absent: whoever looks every few seconds finds it.
   *
   * @returns how many deadlines moved; null where another instance counts them
   */
  rulesChanged?(): Promise<number | null>;
  /** categories that words speak for, best first; the bot's ear, where it runs in this process */
  categoriesOf?(text: string): string[];
  /** how the parts fare that HTTP does not know: channels, jobs */
  health(): Promise<readonly HealthPart[]>;
  metrics: Metrics;
  log: Log;
  /** who opened a page in DingTalk's web view; absent: not set up */
  dingtalkLogin?: DingTalkLogin;
  /** PUBLIC_URL: tells the cookie whether browsers come by https */
  publicUrl?: string;
  /** path that the bare address leads to; absent: the API's description */
  home?: string;
  /** adds what is not part of the API: the sandbox, the pages */
  registerMore?(app: FastifyInstance): void | Promise<void>;
}

/** A report has at most 10,000 characters; escaped as JSON that is 120 KB at worst. */
const BODY_LIMIT = 256 * 1024;
/** A client has this long to send a whole request: slow ones must not hold connections. */
const REQUEST_TIMEOUT_MS = 30_000;
/** An answer of the API that takes longer than this is given up with 503. */
const HANDLER_TIMEOUT_MS = 30_000;

/** The first start builds the pages, which takes a small machine some time. */
const START_TIMEOUT_MS = 180_000;

/** The HTTP side of the product, not listening yet. */
export function buildApp(deps: AppDeps): FastifyInstance {
  const trusted = deps.config.trustedProxies ?? [];
  const app: FastifyInstance = fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    // Fastify's own lines carry the address with its query, and so what people search for.
    logController: new fastify.LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Who came by a proxy is told by its headers; those of strangers are not believed.
    trustProxy: trusted.length === 0 ? false : [...trusted],
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    forceCloseConnections: "idle",
    pluginTimeout: START_TIMEOUT_MS,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  watchRequests(app, deps);
  describeApi(app);
  app.register(async (open) => {
    open.addHook("onRequest", limitAddresses(deps));
    healthRoutes(open, deps);
    metricsRoute(open, deps);
    rootRoute(open, deps);
    privacyRoute(open, deps);
    checkInRoutes(open, deps);
    signInRoute(open, deps);
    alarmIntakeRoute(open, deps);
    hotlineFeedRoute(open, deps);
  });
  const admit = authenticate(deps);
  const persons = limitPersons(deps);
  app.register(async (forms) => callFormRoutes(forms, deps, admit));
  app.register(async (live) => {
    live.addHook("onRequest", admit);
    live.addHook("onRequest", persons);
    changesRoute(live, deps);
  });
  app.register(async (api) => {
    api.addHook("onRoute", (route) => {
      route.handlerTimeout ??= HANDLER_TIMEOUT_MS;
    });
    api.addHook("onRequest", admit);
    api.addHook("onRequest", persons);
    api.addHook("onRequest", async (_request, reply) => {
      reply.header("cache-control", "no-store");
    });
    reportRoutes(api, deps);
    eventRoutes(api, deps);
    eventActionRoutes(api, deps);
    eventSurroundingsRoutes(api, deps);
    lookingRoutes(api, deps);
    directoryRoute(api, deps);
    callTicketRoutes(api, deps);
    callDraftRoutes(api, deps);
    callActionRoutes(api, deps);
    callPhotoRoutes(api, deps);
    callUpwardRoutes(api, deps);
    alarmRoutes(api, deps);
    hotlineRoutes(api, deps);
    obligationRoutes(api, deps);
    auditRoutes(api, deps);
    statsRoutes(api, deps);
    statsBreakdownRoute(api, deps);
    statsTrendRoutes(api, deps);
    statsListRoute(api, deps);
    statsMapRoute(api, deps);
    hardCaseRoutes(api, deps);
    policyRoutes(api, deps);
    workPhotoRoutes(api, deps);
    patrolRoutes(api, deps);
    reportFileRoutes(api, deps);
    tokenRoutes(api, deps);
    accountCodeRoutes(api, deps);
    sessionRoutes(api, deps);
    api.register(async (admin) => adminRoutes(admin, deps));
  });
  if (deps.registerMore !== undefined) {
    app.register(async (more) => deps.registerMore?.(more));
  }
  return app;
}

/** One line and one measurement a request; routes are told by their pattern, without ids or queries. */
function watchRequests(app: FastifyInstance, { metrics }: AppDeps): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook("onRequest", (request, _reply, done) => {
    const route = request.routeOptions.url ?? "unknown";
    const facts = { "http.request.method": request.method, "http.route": route };
    spans.set(request, beginSpan(`${request.method} ${route}`, facts, done));
  });
  app.addHook("onRequest", async (request, reply) => {
    reply
      .header("x-request-id", request.id)
      .header("x-content-type-options", "nosniff")
      .header("referrer-policy", "no-referrer");
  });
  app.addHook("onResponse", async (request, reply) => {
    const { method } = request;
    const route = request.routeOptions.url ?? "unknown";
    const status = reply.statusCode;
    metrics.observeRequest({ method, route, status }, reply.elapsedTime / 1000);
    spans.get(request)?.setAttribute("http.response.status_code", status).end();
    request.log.debug({ method, route, status, ms: Math.round(reply.elapsedTime) }, "answered");
  });
}
