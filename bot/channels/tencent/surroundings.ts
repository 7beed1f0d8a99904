import type { Db } from "../../../db/client.ts";
import type { Datum } from "../../../services/browser-position.ts";
import type { Log } from "../../../services/log.ts";
import type { Metrics } from "../../../services/metrics.ts";

/** What the channels of WeChat need of the product around them. */
export interface TencentSurroundings {
  database: Db;
  log: Log;
  metrics: Pick<Metrics, "count">;
  fetch: typeof fetch;
  /** the coordinates of the registry */
  datum: Datum;
  /** real time */
  now(): Date;
  /** from 0 to 1 */
  random(): number;
}
