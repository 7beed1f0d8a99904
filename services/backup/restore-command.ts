import { parseArgs } from "node:util";
import { contactKeysOf } from "../../db/contacts/keys.ts";
import { runCommand } from "../../db/registry/command.ts";
import { readCommandSettings } from "../../db/registry/settings.ts";
import { realClock } from "../clock.ts";
import { environment } from "../environment.ts";
import { restoreBackup } from "./restore-backup.ts";

const USAGE = `Usage: npm run restore -- DIR [--replace]
  Brings back what \`npm run backup\` wrote, into the database and the DATA_DIR of the settings. The product
  has to be stopped.
  --replace  give up what the database holds now; an embedded one is moved aside
`;

process.exitCode = await runCommand(async () => {
  const asked = readArguments(process.argv.slice(2));
  if (asked === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const config = readCommandSettings(environment());
  const restored = await restoreBackup({
    ...asked,
    url: config.databaseUrl,
    dataDir: config.dataDir,
    site: config.site,
    keys: contactKeysOf({ given: config.contactKeys, ...config }, "none"),
    now: realClock.now(),
  });
  const { manifest, rows, audit, missingFiles, missingKeys, movedTo } = restored;
  for (const [table, count] of Object.entries(rows))
    if (count > 0) process.stdout.write(`${table.padEnd(24)} ${count}\n`);
  process.stdout.write(
    `Restored the backup of ${manifest.madeAt}, version ${manifest.version}: ${manifest.files.length} files are whole.\n` +
      `The audit trail holds: ${audit.entries} entries in ${audit.seals} seals.\n` +
      (missingFiles === 0 ? "" : `${missingFiles} pictures that rows name were not in it.\n`) +
      (movedTo === null ? "" : `What was there before lies in ${movedTo}.\n`) +
      (missingKeys.length === 0
        ? ""
        : `Before you start the product, put back the contact keys ${missingKeys.join(", ")}: CONTACT_KEYS, or the file contact-keys in DATA_DIR.\n`),
  );
  return 0;
});

function readArguments(args: string[]): { folder: string; replace: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { replace: { type: "boolean" } },
    });
    const [folder, ...others] = positionals;
    if (folder === undefined || others.length > 0) return null;
    return { folder, replace: values.replace ?? false };
  } catch {
    return null;
  }
}
