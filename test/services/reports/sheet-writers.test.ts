import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { expect, it } from "vitest";
import { csvWriter, xlsxWriter } from "../../../services/reports/sheet-writers.ts";
import { csvRows, xlsxCells } from "../../support/opened-files.ts";

const HEAD = { name: "台账", columns: [{ title: "事由", width: 20 }] };
const FORMULAS = [
  '=HYPERLINK("http://x","y")',
  "+1+1",
  "-1+1",
  "@SUM(1)",
  "\t=1",
  "\r=1",
  "＝1+1",
  " =1",
];
const folder = mkdtempSync(join(tmpdir(), "yihu-sheets-"));

it("a CSV file hands a spreadsheet no formula; numbers stay numbers", async () => {
  const path = join(folder, "ledger.csv");
  const writer = csvWriter(HEAD);
  writer.add([...FORMULAS.map((text) => [text]), [-5], [0.25], ["垃圾桶满溢"], [null]]);
  await writer.finish(path);
  expect(csvRows(readFileSync(path)).slice(1)).toEqual([
    ...FORMULAS.map((text) => [`'${text}`]),
    ["-5"],
    ["0.25"],
    ["垃圾桶满溢"],
    [""],
  ]);
});

it("an XLSX file has texts as texts, and no formula anywhere in it", async () => {
  const path = join(folder, "ledger.xlsx");
  const writer = xlsxWriter(HEAD);
  writer.add([...FORMULAS.map((text) => [text]), [-5], ["垃圾桶满溢"]]);
  await writer.finish(path);
  const bytes = readFileSync(path);
  const cells = xlsxCells(bytes)
    .slice(1)
    .map(([cell]) => cell);
  expect(cells.map((cell) => cell?.kind)).toEqual([...FORMULAS.map(() => "s"), "n", "s"]);
  expect(cells.at(-2)?.text).toBe("-5");
  const sheet = strFromU8(unzipSync(bytes)["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
  expect(sheet).not.toMatch(/<f[ >]/);
});
