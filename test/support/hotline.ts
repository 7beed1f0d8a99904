import { stringify } from "csv-stringify/sync";
import { sql } from "drizzle-orm";
import writeXlsxFile from "write-excel-file/node";
import type { Database } from "../../db/client.ts";
import { readHotlineMapping } from "../../db/queries/hotline.ts";
import type { HotlineLine } from "../../services/domain/hotline/line.ts";
import { takeFeedAtOnce } from "../../services/workflows/hotline/take-feed.ts";
import type { TakenOrders } from "../../services/workflows/hotline/take-orders.ts";
import type { Office } from "../../services/workflows/office.ts";

/** An order as 12345 writes it, in its own columns. */
export const anOrder = (changes: Record<string, string> = {}): Record<string, string> => ({
  工单编号: "2026112200123",
  工单状态: "已派遣",
  更新时间: "2026-11-25 08:50:00",
  诉求内容: "市民反映南塘家园3幢楼下垃圾桶满出来了,三天没人清运",
  事发地址: "南塘家园3幢",
  来电人: "张阿姨",
  来电号码: "13800000001",
  ...changes,
});

/** Takes in rows of a feed, all in one transaction. */
export async function feed(
  { database, office }: { database: Database; office: Office },
  rows: readonly Record<string, string>[],
  line: HotlineLine = "hotline12345",
): Promise<TakenOrders> {
  const mapping = await readHotlineMapping(database, line);
  const numbered = rows.map((row, index) => ({ at: index + 1, row: Object.entries(row) }));
  return database.transaction((tx) => takeFeedAtOnce(tx, office, line, numbered, "rest", mapping));
}

const columnsOf = (rows: readonly Record<string, string>[]): string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
];

/** As a CSV file with a mark, as spreadsheets write it. */
export const csvOf = (rows: readonly Record<string, string>[]): Buffer =>
  Buffer.from(
    stringify([...rows], {
      bom: true,
      header: true,
      columns: columnsOf(rows),
      record_delimiter: "\r\n",
    }),
  );

export async function xlsxOf(rows: readonly Record<string, string>[]): Promise<Buffer> {
  const columns = columnsOf(rows);
  const cell = (value: string) => ({ value, type: String });
  return writeXlsxFile([
    columns.map(cell),
    ...rows.map((row) => columns.map((column) => cell(row[column] ?? ""))),
  ]).toBuffer() as Promise<Buffer>;
}

/** How many events each order of a line is. */
export async function eventsByOrder(
  database: Database,
  line: HotlineLine,
): Promise<Map<string, number>> {
  const rows = await database.rows<{ no: string; events: number }>(sql`
    select o.no, (select count(*)::int from events e where e.site = o.site
      and (e.no = o.event_no or e.message_id in (select i.id from inbox i
        where i.site = o.site and i.dedupe_key = o.dedupe_key))) as events
    from hotline_orders o where o.site = ${database.site} and o.line = ${line}`);
  return new Map(rows.map(({ no, events }) => [no, events]));
}
