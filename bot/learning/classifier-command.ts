import { parseArgs } from "node:util";
import type { Database } from "../../db/client.ts";
import { classifierInUse, findClassifier, listClassifiers } from "../../db/queries/classifiers.ts";
import { type ExitCode, runCommand } from "../../db/registry/command.ts";
import { openForWriting } from "../../db/registry/open-registry.ts";
import { readRegistrySettings } from "../../db/registry/settings.ts";
import { isWorthUsing } from "../../services/domain/learned-report.ts";
import { environment } from "../../services/environment.ts";
import { switchClassifier } from "../../services/workflows/switch-classifier.ts";
import { classify } from "../understanding/learned/classifier.ts";
import { explain } from "../understanding/learned/explain.ts";
import { openingOf } from "../understanding/learned/learned-categories.ts";
import { readModel } from "../understanding/learned/model-file.ts";
import { normalise } from "../understanding/normalise.ts";

const USAGE =
  "Usage: npm run classifier -- list | use VERSION [--anyway] | off | explain TEXT [--version VERSION]";

/** `npm run classifier -- list|use|off|explain`: the versions of what was learnt from the district. */
process.exitCode = await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { anyway: { type: "boolean", default: false }, version: { type: "string" } },
  });
  const [what, named] = positionals;
  const work = workOf(what, named, values);
  if (work === null) {
    say(USAGE);
    return 2;
  }
  const database = await openForWriting(readRegistrySettings(environment()));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
});

type Work = (database: Database) => Promise<ExitCode>;

function workOf(
  what: string | undefined,
  named: string | undefined,
  { anyway, version }: { anyway: boolean; version?: string | undefined },
): Work | null {
  const number = Number(what === "use" ? named : version);
  if (what === "list") return list;
  if (what === "off") return off;
  if (what === "use" && Number.isInteger(number)) return (db) => use(db, number, anyway);
  if (what === "explain" && named !== undefined)
    return (db) => explainText(db, named, version === undefined ? null : number);
  return null;
}

async function list(database: Database): Promise<ExitCode> {
  const entries = await listClassifiers(database);
  if (entries.length === 0) tell("None yet. Train one: npm run train -- --district");
  for (const { version, trainedAt, inUse, report } of entries) {
    const { n, cold, learned, trust } = report;
    tell(
      `${inUse ? "*" : " "} ${version}  ${trainedAt.toISOString()}  ${n} events  top1 ${cold.top1} -> ${learned.top1}  top3 ${cold.top3} -> ${learned.top3}  trust ${trust}`,
    );
  }
  return 0;
}

async function use(database: Database, version: number, anyway: boolean): Promise<ExitCode> {
  const wanted = await findClassifier(database, version);
  if (wanted === null) {
    say(`There is no version ${version}. See them with: npm run classifier -- list`);
    return 1;
  }
  readModel(wanted.model);
  const report = wanted.report;
  if (!anyway && !isWorthUsing(report)) {
    say(
      `Version ${version} finds ${report.learned.top1} of unseen events first, the lexicon alone ${report.cold.top1}: not switched on. Train again with more events, or add --anyway.`,
    );
    return 1;
  }
  const done = await database.transaction((tx) => switchClassifier(tx, new Date(), version));
  if (!done.ok) return 1;
  tell(
    `Version ${version} is in use${done.before === null ? "" : ` instead of ${done.before}`}. A running product follows within seconds. Back: npm run classifier -- ${done.before === null ? "off" : `use ${done.before}`}`,
  );
  return 0;
}

async function off(database: Database): Promise<ExitCode> {
  await database.transaction((tx) => switchClassifier(tx, new Date(), null));
  tell("None is in use: the lexicon alone.");
  return 0;
}

/** The three labels that fit best, and the words that spoke for each. */
async function explainText(
  database: Database,
  words: string,
  version: number | null,
): Promise<ExitCode> {
  const found =
    version === null ? await classifierInUse(database) : await findClassifier(database, version);
  if (found === null) {
    say("There is no such version, or none in use. See them with: npm run classifier -- list");
    return 1;
  }
  const model = readModel(found.model);
  const text = openingOf(normalise(words).text);
  for (const { label, share } of classify(model, text).slice(0, 3)) {
    const reasons = explain(model, text, label, 5).map((one) => `${one.words} ${one.weight}`);
    tell(`${label}  ${share.toFixed(2)}  ${reasons.join(", ")}`);
  }
  return 0;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
