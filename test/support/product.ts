import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

import { noteOutput } from "./logged.ts";

const ADMIN_TOKEN = "an-admin-token-for-tests";

export interface ProductHome {
  /** the settings every process of this home shares */
  env: Record<string, string>;
  /** the database is dropped, the folder removed */
  remove(): Promise<void>;
}

/** A data folder, and on PostgreSQL an empty database, that outlive the product's processes. */
export async function productHome(): Promise<ProductHome> {
  const folder = mkdtempSync(join(tmpdir(), "yihu-home-"));
  const server = process.env.TEST_ENGINE === "postgres" ? process.env.TEST_DATABASE_URL : undefined;
  const name = `yihu_home_${process.pid}_${Date.now().toString(36)}`;
  const env: Record<string, string> = { DATA_DIR: folder, ADMIN_TOKEN, LOG_LEVEL: "trace" };
  if (server !== undefined) {
    await onServer(server, `create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    env.DATABASE_URL = url.toString();
  }
  return {
    env,
    async remove() {
      if (server !== undefined)
        await onServer(server, `drop database if exists ${name} with (force)`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface RunningProduct {
  url: string;
  process: ChildProcess;
  /** GET or POST with the admin token; the body of the answer */
  api(path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  /** SIGTERM; resolves with the exit code */
  stop(): Promise<number | null>;
  /** SIGKILL */
  kill(): Promise<void>;
  output(): string;
}

/** Runs the product as its users do, in a process of its own, until it says that it is ready. */
export async function startProduct(env: Record<string, string>): Promise<RunningProduct> {
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", "main.ts"], {
    env: { PATH: process.env.PATH ?? "", PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const exited = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
  void exited.then(() => noteOutput(output));
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("is ready")) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void exited.then((code) => reject(new Error(`The product ended with ${code}:\n${output}`)));
  });
  await ready;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    process: child,
    output: () => output,
    async api(path, body) {
      const response = await fetch(`${url}${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    stop: () => end(child, "SIGTERM", exited),
    kill: async () => void (await end(child, "SIGKILL", exited)),
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals, exited: Promise<number | null>) {
  child.kill(signal);
  return exited;
}

/** Runs one of the product's commands to its end. */
export function runCommand(script: string, args: readonly string[], env: Record<string, string>) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
      env: { PATH: process.env.PATH ?? "", ...env },
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
    child.on("exit", (code) => {
      noteOutput(stdout + stderr);
      resolve({ code, stdout, stderr });
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

async function onServer(url: string, statement: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Asks again and again until the answer is good, at most for a while. */
export async function eventually<T>(ask: () => Promise<T | null>, withinMs = 90_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > until) throw new Error(`Nothing came within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
