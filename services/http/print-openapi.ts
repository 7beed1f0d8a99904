import { openDatabase } from "../../db/client.ts";
import { addressGuard } from "../address-guard.ts";
import { attachmentStore } from "../attachment-store.ts";
import { makeCalendar } from "../calendar.ts";
import { realClock } from "../clock.ts";
import { DEFAULT_POLICY } from "../domain/policy.ts";
import { silentLog } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { buildApp } from "./app.ts";

// `npm run openapi`: the API as its routes describe it. Nothing connects: a pool does so on first use.
const database = await openDatabase("postgres://nobody@127.0.0.1:1/none", "print");
const app = buildApp({
  database,
  office: {
    clock: realClock,
    calendar: makeCalendar(),
    policy: DEFAULT_POLICY,
    channels: new Set(),
  },
  config: {
    adminToken: "",
    host: "127.0.0.1",
    model: null,
    modelFilingNo: null,
    registryDatum: "wgs84",
  },
  clock: realClock,
  store: () => Promise.reject(new Error("The printer of the API takes no reports.")),
  webhookGuard: addressGuard([]),
  attachments: attachmentStore("."),
  health: async () => [],
  metrics: createMetrics(),
  log: silentLog,
});
await app.ready();
process.stdout.write(`${JSON.stringify(app.swagger(), null, 2)}\n`);
await app.close();
await database.close();
