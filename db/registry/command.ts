import { parseArgs } from "node:util";
import { ConfigError } from "../../services/config.ts";

/** What a registry command returns to the shell: 0 done, 1 not possible, 2 wrongly called or set up. */
export type ExitCode = 0 | 1 | 2;

/** Runs a command; faults become one readable message on stderr instead of a stack. */
export async function runCommand(work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return error instanceof ConfigError ? 2 : 1;
  }
}

/**
 * Whether `--dry-run` was given to a command that takes nothing else.
 *
 * @returns null where it was called with something else
 */
export function readDryRun(args: string[]): boolean | null {
  try {
    const { values } = parseArgs({ args, options: { "dry-run": { type: "boolean" } } });
    return values["dry-run"] ?? false;
  } catch {
    return null;
  }
}

/**
 * The innermost reason. A failed query's own message repeats its parameters, which are people's data.
 */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message.startsWith("Failed query")) {
    const reason = error.cause instanceof Error ? reasonOf(error.cause) : "for an unknown reason";
    return `The database refused: ${reason}. Nothing was changed. Check DATABASE_URL and the server, then try again.`;
  }
  if ("code" in error && error.message === "")
    return `The database cannot be reached (${String(error.code)}). Check DATABASE_URL, and that the server runs.`;
  const reason = error.cause instanceof Error ? ` (${reasonOf(error.cause)})` : "";
  return `${error.message}${reason}`;
}

const reasonOf = (cause: Error): string =>
  cause.message || ("code" in cause ? String(cause.code) : cause.name);
