import type { Db } from "../../db/client.ts";
import { findDistrict, findSite } from "../../db/queries/directory.ts";
import { registryGaps } from "../../db/queries/registry-gaps.ts";
import type { Config } from "../config.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

const IMPORT = "Import it: `npm run registry:import -- DIR`.";

/** Whether the district is there, and what its files leave open. Wants a migrated database. */
export async function checkRegistry(
  db: Db,
  config: Pick<Config, "sandbox" | "dingtalk" | "zwdd">,
): Promise<Finding[]> {
  const site = await findSite(db);
  const district = await findDistrict(db);
  if (site === null || district === null) {
    return [
      config.sandbox
        ? warning("registry", "no district yet", "Start the product: it loads the sample district.")
        : failed("registry", `no district under the site '${db.site}'`, IMPORT),
    ];
  }
  const gaps = await registryGaps(db);
  const findings: Finding[] = [
    site.sample && !config.sandbox
      ? warning("registry", "the made-up sample district", IMPORT)
      : ok(
          "registry",
          `${district.name}${site.sample ? " (made up)" : ""}: ${gaps.grids} grids, ${gaps.people} people, ${gaps.categories} categories`,
        ),
  ];
  if (config.dingtalk !== null && gaps.withoutDingtalkUserId > 0) {
    findings.push(
      warning(
        "people",
        `${gaps.withoutDingtalkUserId} of ${gaps.people} have no dingtalk_user_id and count as residents`,
        "Fill the column dingtalk_user_id of people.csv and import again.",
      ),
    );
  }
  if (config.zwdd !== null && gaps.withoutZhezhengding > 0) {
    findings.push(
      warning(
        "accounts",
        `${gaps.withoutZhezhengding} of ${gaps.people} have no account on 浙政钉 and count as residents there`,
        "Add a line for each to accounts.csv (person_id, zhezhengding, accountId) and import again.",
      ),
    );
  }
  if (gaps.gridsWithoutWorker.length > 0) {
    findings.push(
      warning(
        "grids",
        `nobody looks after ${some(gaps.gridsWithoutWorker)}`,
        "Give each of them a gridWorker in people.csv (column grid_codes) and import again.",
      ),
    );
  }
  if (gaps.categoriesWithoutRouting.length > 0) {
    findings.push(
      warning(
        "routing",
        `no organisation is named for ${some(gaps.categoriesWithoutRouting)}`,
        "Add a line for each to routing.csv and import again; until then the command room names one.",
      ),
    );
  }
  return findings;
}

const some = (codes: readonly string[]): string =>
  `${codes.slice(0, 3).join(", ")}${codes.length > 3 ? ` and ${codes.length - 3} more` : ""}`;
