import type { Database } from "../../db/client.ts";
import {
  hasPartition,
  makePartition,
  monthAfter,
  monthsInRest,
  PARTITIONED,
  partitionNames,
} from "../../db/queries/partitions.ts";
import type { Clock } from "../clock.ts";
import { type Day, localDay } from "../domain/time.ts";

/** So long nobody may have looked after the product and every row still finds its month. */
const MONTHS_AHEAD = 3;
/** Ids of earlier times were made by a clock that was wrong; they stay where they are. */
const FIRST_MONTH = "2020-01-01";

/**
 * Makes the partitions of this month and the next three, of tables divided by month, and of months whose
 * rows found none. Any number of instances may ask.
 *
 * @param real - real time, which ids are made of
 * @returns how many were made
 */
export async function makePartitions(database: Database, real: Clock): Promise<number> {
  const ahead: Day[] = [`${localDay(real.now()).slice(0, 7)}-01`];
  while (ahead.length <= MONTHS_AHEAD) ahead.push(monthAfter(ahead.at(-1) ?? ""));
  const last = ahead.at(-1) ?? "";
  const names = await partitionNames(database);
  let made = 0;
  for (const table of PARTITIONED) {
    const found = (await monthsInRest(database, table)).filter(
      (month) => month >= FIRST_MONTH && month <= last,
    );
    for (const month of new Set([...ahead, ...found]))
      if (!hasPartition(names, table, month) && (await makePartition(database, table, month)))
        made++;
  }
  return made;
}
