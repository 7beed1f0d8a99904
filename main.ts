import { dingtalkLogin } from "./bot/channels/dingtalk/web-login.ts";
import { openChannels } from "./bot/channels/open-channels.ts";
import { type RunningBot, startBot } from "./bot/start-bot.ts";
import { openDatabase } from "./db/client.ts";
import { contactKeysOf } from "./db/contacts/keys.ts";
import { migrate } from "./db/migrate.ts";
import { requireContactKeys } from "./db/queries/contact-fields.ts";
import { findSite } from "./db/queries/directory.ts";
import { countPendingMessages } from "./db/queries/inbox.ts";
import { countPendingOutbox } from "./db/queries/outbox.ts";
import { loadSampleDistrict } from "./db/registry/sample-district.ts";
import { addressGuard } from "./services/address-guard.ts";
import { attachmentStore } from "./services/attachment-store.ts";
import { realClock } from "./services/clock.ts";
import { type Config, ConfigError, readConfig } from "./services/config.ts";
import { openDistrictRules } from "./services/district-rules.ts";
import { DEFAULT_POLICY } from "./services/domain/policy.ts";
import { environment } from "./services/environment.ts";
import { armFailpoint } from "./services/failpoint.ts";
import { type AppDeps, buildApp } from "./services/http/app.ts";
import { open311Routes } from "./services/http/open311/open311.ts";
import { checkInPage } from "./services/http/routes/check-in-page.ts";
import { deskPages } from "./services/http/routes/desk-pages.ts";
import { phonePages } from "./services/http/routes/phone-pages.ts";
import { sandboxRoutes } from "./services/http/routes/sandbox.ts";
import { openWebPages } from "./services/http/web-pages.ts";
import { alarmEndJob } from "./services/jobs/alarm-job.ts";
import { erasedJob } from "./services/jobs/erased-job.ts";
import { hotlineJobs } from "./services/jobs/hotline-jobs.ts";
import { jobsOf } from "./services/jobs/jobs.ts";
import { reportEndJob, reportJob } from "./services/jobs/report-job.ts";
import { rulesJob } from "./services/jobs/rules-job.ts";
import { startJobs } from "./services/jobs/schedule.ts";
import { upwardJob } from "./services/jobs/upward-job.ts";
import { webhookJob } from "./services/jobs/webhook-job.ts";
import { makeLog } from "./services/log.ts";
import { startLoop } from "./services/loop.ts";
import { tileHosts } from "./services/map-tiles.ts";
import { createMetrics } from "./services/metrics.ts";
import { openProductClock } from "./services/product-clock.ts";
import { reportStore } from "./services/reports/report-store.ts";
import { sandboxPictures } from "./services/sandbox-pictures.ts";
import { startFailure } from "./services/start-advice.ts";
import { startTracing } from "./services/tracing.ts";
import { openUpwardGateway } from "./services/upward/gateway.ts";
import { VERSION } from "./services/version.ts";
import { openOffice } from "./services/workflows/office.ts";
import { messageStore } from "./services/workflows/store-message.ts";

// The front door: config → database → services → bot → listen. Everything real is made here and
// handed on; nothing else reads the environment, the clock or the network.

const STOP_MS = 9_000;
const SETTLE_MS = 8_000;

async function start(config: Config): Promise<() => Promise<void>> {
  const log = makeLog(config.logLevel);
  const metrics = createMetrics();
  const stopTracing =
    config.tracesTo === null
      ? null
      : await startTracing(config.tracesTo, { version: VERSION, site: config.site });
  const database = await openDatabase(
    config.databaseUrl,
    config.site,
    contactKeysOf({ given: config.contactKeys, ...config }, "make"),
    config.replica,
  );
  await migrate(database, config.databaseUrl);
  await requireContactKeys(database);
  if (database.contacts.keyId === null)
    log.warn(
      "Phone numbers and callers are not encrypted: set CONTACT_KEYS, see `npm run doctor`.",
    );
  if (config.sandbox) await loadSampleDistrict(database, new Date());

  const productClock = config.sandbox ? await openProductClock(database) : null;
  const clock = productClock ?? realClock;
  const pictures = sandboxPictures(config.dataDir);
  const channels = openChannels({ config, database, clock, log, pictures, metrics });
  const policy = {
    ...DEFAULT_POLICY,
    autoAcceptLevel: config.autoAcceptLevel,
    emergencyDing: config.emergencyDing,
  };
  const rules = await openDistrictRules(database, clock, policy);
  const office = openOffice(clock, rules, new Set(channels.keys()));

  // An import may change calendar and limits while the product runs; where jobs run, one of them looks.
  const rulesLoop = config.roles.includes("jobs")
    ? null
    : startLoop("rules", 10_000, () => rules.refresh().then(() => 0), log);

  let bot: RunningBot | null = null;
  const count = (outcome: string) => metrics.count("yihu_messages_total", { outcome });
  const store = messageStore(database, clock, () => bot?.wake(), count);
  if (config.roles.includes("bot"))
    bot = await startBot({ config, database, office, channels, metrics, log });

  const webhookGuard = addressGuard(config.webhookPrivateHosts);
  const attachments = attachmentStore(config.dataDir);
  const upward = openUpwardGateway(config.upward, config.dataDir);
  const reports = reportStore(config.dataDir);
  const reporting = reportJob(database, office, reports, log);
  const ruling = rulesJob(database, office, rules);
  const jobs = [
    ruling,
    ...jobsOf(database, office, log),
    upwardJob(database, office, upward, log),
    webhookJob(database, config.publicUrl, webhookGuard, log),
    ...hotlineJobs(database, office, config.hotlines, log),
    reportEndJob(database, office, reports),
    alarmEndJob(database, office, attachments),
    erasedJob(database, office, attachments),
    reporting,
  ];
  const schedule = config.roles.includes("jobs") ? startJobs(jobs, log) : null;

  const deps: AppDeps = {
    database,
    office,
    config,
    clock,
    store,
    webhookGuard,
    attachments,
    arrived: () => bot?.wake(),
    metrics,
    log,
    reports,
    reportAsked: () => {
      // Where jobs run elsewhere, they look every few seconds; the job itself tells of failures.
      if (schedule !== null) void Promise.resolve(reporting.run()).catch(() => {});
    },
    ear: () => bot,
    rulesChanged: async () => {
      if (schedule !== null) return ruling.run() as Promise<number>;
      await rules.refresh();
      return null;
    },
    categoriesOf: (text) => bot?.categoriesOf(text) ?? [],
    health: async () =>
      [...channels.values()].map((channel) => {
        const { state, detail } = channel.health();
        return { name: channel.name, ok: state === "ready", detail };
      }),
    ...dingtalkLoginOf(config),
    publicUrl: config.publicUrl,
  };
  const app = buildApp({
    ...deps,
    home: productClock === null ? "/api/docs" : "/sandbox",
    registerMore: async (more) => {
      for (const channel of channels.values()) channel.callbacks?.(more, store);
      const pages = await openWebPages(more, tileHosts(config.mapTiles));
      checkInPage(more, pages);
      deskPages(more, pages);
      phonePages(more, pages);
      const jurisdiction = config.open311Jurisdiction;
      if (jurisdiction !== null)
        await more.register(
          async (open) =>
            open311Routes(open, {
              ...deps,
              jurisdiction,
              publicUrl: config.publicUrl,
              naming: config.platformNaming,
            }),
          { prefix: "/open311" },
        );
      if (productClock === null) return;
      const isLoopback = ["127.0.0.1", "::1", "localhost"].includes(config.host);
      await sandboxRoutes(more, {
        db: database,
        clock: productClock,
        pictures,
        store,
        settle,
        pages,
        adminToken: config.adminToken,
        isLoopback,
      });
    },
  });
  if (config.roles.includes("api")) await app.listen({ port: config.port, host: config.host });
  await bot?.listen(store);
  announce(config, app.addresses(), (await findSite(database))?.sample ?? false);

  return async () => {
    await app.close();
    await schedule?.stop();
    await bot?.stop();
    await rulesLoop?.stop();
    productClock?.stop();
    await database.close();
    await stopTracing?.();
  };

  /** Everything that is due now is done and said; for the sandbox's clock. */
  async function settle(): Promise<void> {
    for (const job of jobs) await job.run();
    const until = Date.now() + SETTLE_MS;
    do {
      await bot?.round();
    } while ((await isBusy()) && Date.now() < until);
  }

  async function isBusy(): Promise<boolean> {
    return (
      (await countPendingMessages(database)) + (await countPendingOutbox(database, clock.now())) > 0
    );
  }
}

function dingtalkLoginOf({ dingtalk }: Config) {
  if (dingtalk === null || dingtalk.corpId === null) return {};
  const { corpId } = dingtalk;
  return { dingtalkLogin: dingtalkLogin({ ...dingtalk, corpId }, fetch, () => new Date()) };
}

/** What an operator wants to see first. Printed plainly, whatever the log level. */
function announce(
  config: Config,
  addresses: readonly (string | { port: number })[],
  sample: boolean,
): void {
  const [first] = addresses;
  const port = typeof first === "object" ? first.port : config.port;
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  const base = `http://${host}:${port}`;
  const lines = [
    "一呼 (Yihu) is ready.",
    ...(config.sandbox ? [`  sandbox:     ${base}/sandbox`] : []),
    `  desk:        ${base}/desk`,
    `  phone pages: ${base}/m`,
    `  API:         ${base}/api/docs`,
    `  health:      ${base}/readyz`,
    ...(sample
      ? ["  district:    示例区, made up. Import your own with `npm run registry:import -- DIR`."]
      : []),
    ...(config.adminTokenMade ? [`admin token: ${config.adminToken}`] : []),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

async function main(): Promise<void> {
  let stop: (() => Promise<void>) | null = null;
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    // Whatever hangs, the process is gone in time; what was in hand is taken up again by its lease.
    setTimeout(() => process.exit(0), STOP_MS).unref();
    void (stop?.() ?? Promise.resolve()).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(
          `Stopping was not clean: ${error instanceof Error ? error.message : String(error)}\n`,
        );
        process.exit(0);
      },
    );
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  try {
    const env = environment();
    armFailpoint(env.FAILPOINT, env.NODE_ENV);
    stop = await start(readConfig(env));
  } catch (error) {
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(2);
    }
    process.stderr.write(`Yihu could not start: ${startFailure(error)}\n`);
    process.exit(1);
  }
}

await main();
