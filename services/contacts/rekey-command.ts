import { countUnkeyedCallers, indexCallers } from "../../db/queries/caller-index.ts";
import {
  type ContactCount,
  countContacts,
  rekeyContacts,
} from "../../db/queries/contact-fields.ts";
import { type ExitCode, readDryRun, runCommand } from "../../db/registry/command.ts";
import { openForReading, openForWriting } from "../../db/registry/open-registry.ts";
import { readRegistrySettings } from "../../db/registry/settings.ts";
import { environment } from "../environment.ts";

const USAGE = `Usage: npm run contacts:rekey [-- --dry-run]
  Encrypts every contact field with the first key of CONTACT_KEYS: what another key encrypts, and what
  was written before there was one. The product may run meanwhile (on PostgreSQL).
  --dry-run  count what is encrypted with which key; write nothing
`;
const BATCH = 500;

process.exitCode = await runCommand(async () => {
  const dryRun = readDryRun(process.argv.slice(2));
  if (dryRun === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const place = readRegistrySettings(environment());
  return dryRun ? count(place) : rekey(place);
});

type Place = ReturnType<typeof readRegistrySettings>;

async function count(place: Place): Promise<ExitCode> {
  const database = await openForReading(place);
  if (database === null) {
    process.stderr.write("There is no database yet. Check DATABASE_URL, DATA_DIR and SITE.\n");
    return 1;
  }
  try {
    const { keyId } = database.contacts;
    const counts = await countContacts(database);
    const callers = await countUnkeyedCallers(database);
    process.stdout.write(told(counts));
    process.stdout.write(`callers known by a digest without key: ${callers}\n`);
    const left = counts
      .filter((one) => one.keyId !== keyId)
      .reduce((sum, one) => sum + one.count, 0);
    process.stdout.write(
      keyId === null
        ? "There is no key. Set CONTACT_KEYS, then run this again.\n"
        : `${left} values would be encrypted with the key "${keyId}". Nothing was written.\n`,
    );
    return 0;
  } finally {
    await database.close();
  }
}

async function rekey(place: Place): Promise<ExitCode> {
  const database = await openForWriting(place);
  try {
    if (database.contacts.keyId === null) {
      process.stderr.write(
        "There is no key. Make one with `openssl rand -base64 32` and set CONTACT_KEYS=ID:KEY.\n",
      );
      return 2;
    }
    let total = 0;
    for (;;) {
      const done = await rekeyContacts(database, BATCH);
      const written = [...done.values()].reduce((sum, one) => sum + one, 0);
      if (written === 0) break;
      total += written;
      process.stderr.write(`${total} …\n`);
    }
    let callers = 0;
    for (;;) {
      const renamed = await indexCallers(database, BATCH);
      if (renamed === 0) break;
      callers += renamed;
    }
    process.stdout.write(
      `${total} values were encrypted with the key "${database.contacts.keyId}", ${callers} callers were given a keyed name.\n`,
    );
    process.stdout.write(told(await countContacts(database)));
    return 0;
  } finally {
    await database.close();
  }
}

function told(counts: readonly ContactCount[]): string {
  return counts
    .map(
      ({ field, keyId, count: values }) =>
        `${field.padEnd(24)} ${keyId === null ? "not encrypted" : `key "${keyId}"`}: ${values}\n`,
    )
    .join("");
}
