import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAMPLE_FOLDER } from "../../db/registry/sample-district.ts";

/**
 * The sample district on 浙政钉: each group's id with `zz-` before it, each person with an accountId in
 * accounts.csv.
 */
export function zwddDistrict(): { folder: string; accountOf(personId: string): string } {
  const folder = mkdtempSync(join(tmpdir(), "yihu-district-"));
  cpSync(SAMPLE_FOLDER, folder, { recursive: true });
  const groups = join(folder, "groups.csv");
  const said = readFileSync(groups, "utf8").replaceAll(/^sandbox,/gm, "zhezhengding,zz-");
  writeFileSync(groups, said);
  const [, ...people] = readFileSync(join(folder, "people.csv"), "utf8").trimEnd().split(/\r?\n/);
  const ids = people.map((line) => line.split(",")[0] ?? "");
  const accountOf = (personId: string) => String(77_000_000 + ids.indexOf(personId));
  const accounts = ids.map((id) => `zhezhengding,${accountOf(id)},${id}`);
  writeFileSync(
    join(folder, "accounts.csv"),
    `${["channel,platform_user_id,person_id", ...accounts].join("\n")}\n`,
  );
  return { folder, accountOf };
}
