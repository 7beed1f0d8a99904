import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Failpoint } from "../../../services/failpoint.ts";
import { dingtalkDistrict } from "../dingtalk-district.ts";
import type { Delivery } from "../dingtalk-gateway/deliveries.ts";
import { type Gateway, type StartOptions, startGateway } from "../dingtalk-gateway/gateway.ts";
import {
  eventually,
  productHome,
  type RunningProduct,
  runCommand,
  startProduct,
} from "../product.ts";

/** One resident's report. Its door is nobody else's, so that it must become an event of its own. */
export interface Report {
  door: string;
  saidAt: number;
  /** resolves once DingTalk has pushed it, which takes a connection */
  delivery: Promise<Delivery | null>;
}

/** A DingTalk and a home for products that die, with residents who go on reporting. */
export interface Town {
  gateway: Gateway;
  env: Record<string, string>;
  databaseUrl: string;
  reports: Report[];
  /** moments at which a product died */
  deaths: number[];
  /** how long each start took, in milliseconds */
  starts: number[];
  live(env?: Record<string, string>): Promise<RunningProduct>;
  /** A product that dies when it has passed `point` after `armed` was called. */
  doomed(
    point: Failpoint,
    env?: Record<string, string>,
  ): Promise<{ product: RunningProduct; arm(): void; died: Promise<void> }>;
  /** So many residents report, each something else. */
  report(count: number): Report[];
  /** Resolves when each of these reports was answered in its group; the moment of the last answer. */
  answered(reports: readonly Report[], withinMs?: number): Promise<number>;
  /** How often its resident was told a number. */
  answersTo(report: Report): number;
  /** The numbers of their events, as they were told. */
  numbersOf(reports: readonly Report[]): string[];
  /** Messages that wait to be handled or to go out. */
  waiting(product: RunningProduct): Promise<number>;
  close(): Promise<void>;
}

const NUMBER = /SJ\d{8}-\d{4}/;
const AS_ADMIN = { authorization: "Bearer an-admin-token-for-tests" };
const GROUP = "cid-nantang-3";
const SETTINGS: StartOptions = {
  redeliverAfterMs: 1_500,
  redeliveries: 200,
  callsPerSecond: 1_000,
  waitForConnectionMs: 120_000,
};

export async function openTown(
  settings: Record<string, string> = {},
  options: StartOptions = {},
): Promise<Town> {
  const gateway = await startGateway({ ...SETTINGS, ...options });
  const home = await productHome();
  const district = dingtalkDistrict();
  const imported = await runCommand("db/registry/import-command.ts", [district], home.env);
  if (imported.code !== 0) throw new Error(`No district was imported:\n${imported.stderr}`);
  const neighbours = gateway.group(GROUP, "南塘3网格群");
  for (const [, id = ""] of readFileSync(join(district, "groups.csv"), "utf8").matchAll(
    /^dingtalk,(cid-[^,]+)/gm,
  ))
    gateway.group(id, id);
  const env = {
    ...home.env,
    ...gateway.env(),
    DINGTALK_MESSAGES_PER_MINUTE: "100000",
    ...settings,
  };
  const reports: Report[] = [];
  const deaths: number[] = [];
  const running = new Set<RunningProduct>();

  const answersTo = ({ door }: Report) =>
    neighbours.said().filter(({ text }) => NUMBER.test(text) && text.includes(door));
  const answerTo = (report: Report) => answersTo(report)[0];

  const town: Town = {
    gateway,
    env,
    databaseUrl: home.env.DATABASE_URL ?? `pglite:${home.env.DATA_DIR}`,
    reports,
    deaths,
    starts: [],
    async live(more = {}) {
      const began = Date.now();
      const product = await startProduct({ ...env, ...more });
      town.starts.push(Date.now() - began);
      running.add(product);
      return product;
    },
    async doomed(point, more = {}) {
      const product = await town.live({
        NODE_ENV: "test",
        FAILPOINT: `${point}@SIGUSR2`,
        ...more,
      });
      const died = once(product.process, "exit").then(([, signal]) => {
        deaths.push(Date.now());
        if (signal !== "SIGKILL" || !product.output().includes(`failpoint ${point}`))
          throw new Error(`It did not die at ${point} but of ${signal}:\n${product.output()}`);
      });
      return { product, arm: () => void product.process.kill("SIGUSR2"), died };
    },
    report(count) {
      const said = Array.from({ length: count }, () => {
        const index = reports.length;
        const door = `${1 + (index % 4)}幢${1 + Math.floor(index / 4)}单元`;
        const words = `学院公寓${door}门口垃圾桶满了没人倒`;
        const delivery = neighbours.says(`resident-${index}`, words);
        delivery.catch(() => {});
        const report = { door, saidAt: Date.now(), delivery };
        reports.push(report);
        return report;
      });
      return said;
    },
    answersTo: (report) => answersTo(report).length,
    numbersOf: (some) =>
      some.map((report) => answerTo(report)?.text.match(NUMBER)?.[0] ?? report.door),
    async waiting(product) {
      const page = await (await fetch(`${product.url}/metrics`, { headers: AS_ADMIN })).text();
      const pending = [...page.matchAll(/^yihu_(?:inbox|outbox)_pending\S* (\d+)/gm)];
      if (pending.length !== 2) throw new Error(`/metrics does not say what waits:\n${page}`);
      return pending.reduce((sum, [, count]) => sum + Number(count), 0);
    },
    async answered(some, withinMs = 180_000) {
      await eventually(async () => {
        return some.every((report) => answerTo(report) !== undefined) ? true : null;
      }, withinMs);
      return Math.max(...some.map((report) => answerTo(report)?.at.getTime() ?? 0));
    },
    async close() {
      for (const product of running) if (product.process.exitCode === null) await product.kill();
      await gateway.stop();
      await home.remove();
    },
  };
  return town;
}
