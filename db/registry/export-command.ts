import { environment } from "../../services/environment.ts";
import { runCommand } from "./command.ts";
import { exportRegistry } from "./export-registry.ts";
import { openForReading } from "./open-registry.ts";
import { readRegistrySettings } from "./settings.ts";

process.exitCode = await runCommand(async () => {
  const [folder, ...others] = process.argv.slice(2);
  if (folder === undefined || folder.startsWith("-") || others.length > 0) {
    process.stderr.write("Usage: npm run registry:export -- DIR\n");
    return 2;
  }
  const database = await openForReading(readRegistrySettings(environment()));
  try {
    const written = database === null ? null : await exportRegistry(database, folder);
    if (written === null || written.size === 0) {
      process.stderr.write(
        "There is no district to export. Import one with `npm run registry:import -- DIR`, or check DATABASE_URL, DATA_DIR and SITE.\n",
      );
      return 1;
    }
    for (const [file, rows] of written) process.stdout.write(`${file.padEnd(18)} ${rows} rows\n`);
    return 0;
  } finally {
    await database?.close();
  }
});
