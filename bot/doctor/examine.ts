import { existsSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../../db/client.ts";
import { contactKeysOf } from "../../db/contacts/keys.ts";
import { folderHolder } from "../../db/folder-lock.ts";
import { calendarExceptions } from "../../db/queries/directory.ts";
import { isMigrated } from "../../db/queries/readiness.ts";
import type { Clock } from "../../services/clock.ts";
import type { Config } from "../../services/config.ts";
import { checkCalendar } from "../../services/doctor/calendar.ts";
import { checkClockSkew } from "../../services/doctor/clock-skew.ts";
import { checkContactKeys } from "../../services/doctor/contact-keys.ts";
import { checkDataFolder } from "../../services/doctor/data-folder.ts";
import { checkDatabase } from "../../services/doctor/database.ts";
import { checkExposure } from "../../services/doctor/exposure.ts";
import { type Finding, ok, warning } from "../../services/doctor/finding.ts";
import { checkHotlineOrders, checkHotlineRoads } from "../../services/doctor/hotlines.ts";
import { checkRegistry } from "../../services/doctor/registry.ts";
import { askRunningProduct } from "../../services/doctor/running-product.ts";
import { checkDingTalk } from "./dingtalk.ts";
import { checkModel } from "./model.ts";
import { checkTencent } from "./tencent.ts";
import { checkZwdd } from "./zwdd.ts";

export interface Surroundings {
  clock: Clock;
  fetch: typeof fetch;
}

/** Looks at everything the settings name and tells each finding as soon as there is one. */
export async function* examine(config: Config, around: Surroundings): AsyncGenerator<Finding> {
  yield checkExposure(config);
  yield await checkDataFolder(config.dataDir);
  yield* examineStore(config, around);
  if (config.zwdd !== null) yield await checkZwdd(config.zwdd, around);
  if (config.dingtalk !== null) yield* await checkDingTalk(config.dingtalk, around);
  else if (config.zwdd !== null || hasTencent(config)) yield ok("DingTalk", "not set up");
  else if (config.sandbox) yield ok("DingTalk", "not set up; the sandbox is the only channel");
  else
    yield warning(
      "DingTalk",
      "not set up, and the sandbox is off: nobody can talk with the bot",
      "Set DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET, or WECOM_… or WECHAT_…, or SANDBOX=1 to try it.",
    );
  yield* await checkTencent(config, around);
  yield* await checkHotlineRoads(config.hotlines);
  if (config.model === null) yield ok("model", "not set up; rules read the messages");
  else yield await checkModel(config.model, around);
}

const hasTencent = ({ wechat, wechatKf, wecom }: Config): boolean =>
  (wechat ?? wechatKf ?? wecom) !== null;

/** The embedded database belongs to one process: while the product runs, the product is asked. */
async function* examineStore(config: Config, around: Surroundings): AsyncGenerator<Finding> {
  const folder = config.databaseUrl.startsWith("pglite:")
    ? config.databaseUrl.slice("pglite:".length)
    : null;
  if (folder !== null && !existsSync(join(folder, "pglite"))) {
    yield warning("database", `none yet in ${folder}`, "Start the product: it makes one.");
    yield checkCalendar(around.clock.now(), []);
    return;
  }
  const holder = folder === null ? null : folderHolder(folder);
  if (holder !== null) {
    yield ok("database", `in use by the running product (process ${holder}); it is asked instead`);
    yield* await askRunningProduct(config, around);
    yield checkCalendar(around.clock.now(), []);
    return;
  }
  yield* examineDatabase(config, around);
}

async function* examineDatabase(config: Config, around: Surroundings): AsyncGenerator<Finding> {
  const keys = contactKeysOf({ given: config.contactKeys, ...config }, "none");
  const database = await openDatabase(config.databaseUrl, config.site, keys);
  try {
    const findings = await checkDatabase(database);
    yield* findings;
    const reached = findings.every((finding) => finding.verdict !== "failed");
    const readable = reached && (await isMigrated(database));
    if (reached) yield await checkClockSkew(database, around.clock);
    const ownDays = readable ? await calendarExceptions(database) : [];
    yield checkCalendar(
      around.clock.now(),
      ownDays.map((day) => day.date),
    );
    const keyIds = keys.map(({ id }) => id);
    if (readable) yield await checkContactKeys(database, keyIds);
    if (readable) yield* await checkRegistry(database, config);
    if (readable) yield* await checkHotlineOrders(database, around.clock);
  } finally {
    await database.close();
  }
}
