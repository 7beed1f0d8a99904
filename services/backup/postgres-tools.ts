import { spawn } from "node:child_process";

const INSTALL = "Install the PostgreSQL client programs of the server's version, or a newer one";

/** Writes a dump as one snapshot sees the database. */
export async function dumpServer(
  url: string,
  serverMajor: number,
  snapshot: string,
  file: string,
): Promise<void> {
  await checkVersion("pg_dump", serverMajor);
  await run("pg_dump", url, [
    "--format=custom",
    "--no-owner",
    "--no-privileges",
    `--snapshot=${snapshot}`,
    `--file=${file}`,
  ]);
}

/** Loads a dump into a database without tables: all of it, or nothing. */
export async function loadIntoServer(
  url: string,
  serverMajor: number,
  file: string,
): Promise<void> {
  await checkVersion("pg_restore", serverMajor);
  await run("pg_restore", url, [
    "--no-owner",
    "--no-privileges",
    "--exit-on-error",
    "--single-transaction",
    file,
  ]);
}

/** @throws where the program is absent or older than the server */
export async function checkVersion(
  program: "pg_dump" | "pg_restore",
  serverMajor: number,
): Promise<void> {
  const { stdout } = await output(program, ["--version"], {});
  const major = Number(/(\d+)(?:\.\d+)?/.exec(stdout)?.[1]);
  if (!(major >= serverMajor))
    throw new Error(
      `${program} is of version ${major || "unknown"}, the server of ${serverMajor}: an older program cannot read a newer server. ${INSTALL}, and see that it is the first on PATH.`,
    );
}

async function run(program: string, url: string, args: readonly string[]): Promise<void> {
  const { open, password } = withoutPassword(url);
  // An address among the arguments is seen by everybody on the machine; the environment is not.
  await output(
    program,
    [`--dbname=${open}`, ...args],
    password === "" ? {} : { PGPASSWORD: password },
  );
}

function withoutPassword(url: string): { open: string; password: string } {
  const parsed = new URL(url);
  const password = decodeURIComponent(parsed.password);
  parsed.password = "";
  return { open: parsed.toString(), password };
}

async function output(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ stdout: string }> {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === "ENOENT"
          ? new Error(`${program} is not on PATH. ${INSTALL}.`)
          : new Error(`${program} cannot be started.`, { cause }),
      ),
    );
    child.on("close", resolve);
  });
  if (code !== 0) {
    const reason = stderr.trim().split("\n").slice(0, 3).join(" ");
    throw new Error(`${program} failed: ${reason || `exit code ${code}`}`);
  }
  return { stdout };
}
