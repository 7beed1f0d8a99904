import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAMPLE_FOLDER } from "../../db/registry/sample-district.ts";

/**
 * Registry files of a district whose groups are on DingTalk and whose people are bound to accounts
 * there: the sample district, each group's id with `cid-` before it and each person's id as account.
 */
export function dingtalkDistrict(): string {
  const folder = mkdtempSync(join(tmpdir(), "yihu-district-"));
  cpSync(SAMPLE_FOLDER, folder, { recursive: true });
  rewrite(join(folder, "groups.csv"), (line) => line.replace(/^sandbox,/, "dingtalk,cid-"));
  rewrite(join(folder, "people.csv"), (line) => `${line}${line.split(",")[0]}`);
  return folder;
}

function rewrite(file: string, change: (line: string) => string): void {
  const [header = "", ...lines] = readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
  writeFileSync(file, `${[header, ...lines.map(change)].join("\n")}\n`);
}
