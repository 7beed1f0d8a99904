// Lists the licences of what the product runs with, as installed, and fails on one that is not allowed.
// Asks nobody. Usage: node .ci/licences.mjs [FOLDER with package-lock.json and node_modules]

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Permissive ones, and MPL-2.0: it binds changes to its own files, of which we make none. */
const ALLOWED = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "OFL-1.1",
  "Unlicense",
];
/** Packages that name no licence in package.json, and what stands in their LICENSE file. */
const TOLD_BY_FILE = { "png-js": "MIT" };

const folder = process.argv[2] ?? ".";
const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
const byLicence = new Map();
const refused = [];
for (const [path, { dev, devOptional }] of Object.entries(lock.packages)) {
  const file = join(folder, path, "package.json");
  // What is meant for another kind of machine is not installed.
  if (path === "" || dev || devOptional || !existsSync(file)) continue;
  const { name, version, license, licenses } = JSON.parse(readFileSync(file, "utf8"));
  const told = licenceOf(license ?? licenses) ?? TOLD_BY_FILE[name] ?? "none named";
  byLicence.set(told, [...(byLicence.get(told) ?? []), name]);
  if (!isAllowed(told)) refused.push(`${name}@${version}: ${told}`);
}
for (const [licence, names] of [...byLicence].sort(([, a], [, b]) => b.length - a.length))
  console.log(`${String(names.length).padStart(4)}  ${licence}`);
if (refused.length > 0) {
  console.error(`Not on the list of allowed licences:\n  ${refused.join("\n  ")}`);
  console.error("Use another package, or add the licence to .ci/licences.mjs with the reason.");
  process.exitCode = 1;
}

/** Older packages write an object or a list. */
function licenceOf(told) {
  if (Array.isArray(told)) return told.map((one) => one.type ?? one).join(" OR ") || undefined;
  return typeof told === "object" && told !== null ? told.type : told;
}

/** An SPDX expression: of `OR` one is enough, of `AND` all are meant. */
function isAllowed(expression) {
  const plain = expression.replace(/[()]/g, "");
  return plain
    .split(" OR ")
    .some((one) => one.split(" AND ").every((id) => ALLOWED.includes(id.trim())));
}
