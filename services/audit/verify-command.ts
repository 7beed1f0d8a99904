import { runCommand } from "../../db/registry/command.ts";
import { openForReading } from "../../db/registry/open-registry.ts";
import { readRegistrySettings } from "../../db/registry/settings.ts";
import { environment } from "../environment.ts";
import { verifyAudit } from "./verify.ts";

// `npm run audit:verify [-- HEAD]`: whether the sealed audit trail is what it was. Exit code 1: it is not.

process.exitCode = await runCommand(async () => {
  // As it was printed, or the hash alone.
  const [known, ...others] = process.argv.slice(2).filter((word) => word !== "head");
  if (others.length > 0 || (known !== undefined && !/^[0-9a-f]{64}$/.test(known))) {
    process.stderr.write(
      "Usage: npm run audit:verify [-- HEAD], where HEAD is what an earlier run printed.\n",
    );
    return 2;
  }
  const database = await openForReading(readRegistrySettings(environment()));
  if (database === null) {
    process.stderr.write("There is no database yet. Check DATABASE_URL, DATA_DIR and SITE.\n");
    return 1;
  }
  try {
    const verified = await verifyAudit(database, known ?? null);
    if (verified.ok) {
      process.stdout.write(
        `${verified.entries} entries in ${verified.seals} seals are as they were written.\n` +
          (verified.head === null
            ? "Nothing is sealed yet: entries are, some ten minutes after they were written.\n"
            : `head ${verified.head}\nKeep this line outside of the database, and name it the next time.\n`),
      );
      return 0;
    }
    process.stderr.write(
      "unknownHead" in verified
        ? `No seal has the hash ${verified.unknownHead}: the chain was made anew since. Compare with a backup of that day.\n`
        : `Seal ${verified.seq} does not hold: it covers ${verified.sealed} entries and ${verified.found} are there, after ${verified.from ?? "the beginning"} up to ${verified.through}. Something in it was changed, removed or slipped in. Compare with a backup.\n`,
    );
    return 1;
  } finally {
    await database.close();
  }
});
