import { runCommand } from "../../db/registry/command.ts";
import { openForReading } from "../../db/registry/open-registry.ts";
import { readCommandSettings, registryPlace } from "../../db/registry/settings.ts";
import { realClock } from "../clock.ts";
import { environment } from "../environment.ts";
import { VERSION } from "../version.ts";
import { makeBackup } from "./make-backup.ts";

const USAGE = `Usage: npm run backup -- DIR
  Writes the database and the files of DATA_DIR into a new folder, as of one moment. On PostgreSQL the
  product may go on meanwhile and pg_dump has to be on PATH; the embedded database has to be free.
`;

process.exitCode = await runCommand(async () => {
  const [folder, ...others] = process.argv.slice(2);
  if (folder === undefined || folder.startsWith("-") || others.length > 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  const config = readCommandSettings(environment());
  const database = await openForReading(registryPlace(config));
  if (database === null) {
    process.stderr.write("There is no database yet. Check DATABASE_URL, DATA_DIR and SITE.\n");
    return 1;
  }
  try {
    const started = performance.now();
    const place = { url: config.databaseUrl, dataDir: config.dataDir, folder };
    const moment = { version: VERSION, now: realClock.now() };
    const { rows, files, auditHead, contactKeys } = await makeBackup(database, place, moment);
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    process.stdout.write(
      `${total} rows and ${files.length} files, ${(bytes / 1_048_576).toFixed(1)} MB, in ${((performance.now() - started) / 1000).toFixed(1)} s: ${folder}\n` +
        `audit head ${auditHead ?? "none yet"}\n` +
        (contactKeys.length === 0
          ? ""
          : `The contact keys are not in it (${contactKeys.join(", ")}): keep CONTACT_KEYS, or the file contact-keys of DATA_DIR, elsewhere. Without them phone numbers stay unreadable.\n`),
    );
    return 0;
  } finally {
    await database.close();
  }
});
