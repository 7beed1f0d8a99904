import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { arch, cpus, platform, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { markdown, type Row } from "../test/support/chaos/table.ts";

// `npm run chaos [-- FILE …]`: the stories of test/flows/chaos in their long form, as a Markdown page on stdout. Exit
// code 1 where a promise was broken. On PostgreSQL too where TEST_DATABASE_URL names a server.

const rounds = process.env.CHAOS_ROUNDS ?? "20";
const seconds = process.env.CHAOS_SECONDS ?? "60";
const seed = process.env.CHAOS_SEED ?? String(Date.now() % 1_000_000);

const STORIES = ["test/flows/chaos"];
const only = process.argv.slice(2);

const folder = mkdtempSync(join(tmpdir(), "yihu-chaos-"));
const results = join(folder, "rows.jsonl");
process.stderr.write(`CHAOS_ROUNDS=${rounds} CHAOS_SECONDS=${seconds} CHAOS_SEED=${seed}\n`);
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--root", ".", "--maxWorkers=1"];
const { status } = spawnSync(
  process.execPath,
  [...vitest, "--config", "test/vitest.config.ts", ...(only.length > 0 ? only : STORIES)],
  {
    env: {
      ...process.env,
      CHAOS_ROUNDS: rounds,
      CHAOS_SECONDS: seconds,
      CHAOS_SEED: seed,
      CHAOS_RESULTS: results,
    },
    stdio: ["ignore", 2, 2],
  },
);
const rows = existsSync(results)
  ? readFileSync(results, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Row)
  : [];
rmSync(folder, { recursive: true });
process.stdout.write(`${page(rows)}\n`);
process.exitCode = status ?? 1;

function page(found: readonly Row[]): string {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const versions = [`Node ${process.versions.node}`, `V8 ${process.versions.v8}`];
  return [
    "# What faults cost",
    "",
    `${new Date().toISOString().slice(0, 10)}, \`CHAOS_ROUNDS=${rounds} CHAOS_SECONDS=${seconds} CHAOS_SEED=${seed} npm run chaos${only.length > 0 ? ` -- ${only.join(" ")}` : ""}\`; ${status === 0 ? "every promise held" : "a promise was broken, or the run did not end"}.`,
    "",
    `${cpu?.model ?? "unknown processor"}, ${cpus().length} cores, ${gigabytes} GB, ${platform()} ${release()} ${arch()}, ${versions.join(", ")}.`,
    "",
    "Lost: acknowledged messages without an event or an answer. Doubled: answers or words that somebody read twice. Recovery: from the death, or the end of the fault, until everything said before it was answered; a death's includes the start of the next process and, on PostgreSQL, the dead one's leases (20 s for a message, 60 s for what is to be said).",
    "",
    markdown(found),
  ].join("\n");
}
