import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { eventually } from "./product.ts";

const TEMPLATES = new URL("../../db/cluster/", import.meta.url);
const ADDRESS = "127.0.0.1";
const PASSWORD = "a-password-for-tests";
const POSTGRES = "/usr/lib/postgresql";
/** As Patroni calls a server that is at work. */
const FOLLOWING = ["running", "streaming"];

/** Programs of Debian's packages that this machine lacks for a trio; empty: it can be started. */
export function missingForTrio(): string[] {
  const programs = [
    "/usr/bin/patroni",
    "/usr/bin/etcd",
    "/usr/sbin/haproxy",
    "/usr/sbin/pgbouncer",
  ].filter((program) => !existsSync(program));
  return binDir() === null ? [...programs, `${POSTGRES}/*/bin/postgres`] : programs;
}

function binDir(): string | null {
  if (!existsSync(POSTGRES)) return null;
  const versions = readdirSync(POSTGRES).sort((a, b) => Number(b) - Number(a));
  const dirs = versions.map((version) => join(POSTGRES, version, "bin"));
  return dirs.find((dir) => existsSync(join(dir, "postgres"))) ?? null;
}

export interface Trio {
  /** through PgBouncer, in transaction mode, and HAProxy to whoever leads */
  pooledUrl: string;
  /** through HAProxy alone */
  primaryUrl: string;
  /** through HAProxy to the replicas in turn */
  replicaUrl: string;
  leader(): Promise<string>;
  /** SIGKILL to Patroni and every process of PostgreSQL on that machine */
  kill(name: string): Promise<void>;
  /** Those who follow go on to receive what the leader writes, and do not apply it until `false`. */
  haltReplicas(halted: boolean): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Three PostgreSQL servers under Patroni with one etcd, HAProxy and PgBouncer before them, from the
 * templates in db/cluster, all on this machine. Waits shorter than in production: who leads is decided anew
 * after six seconds.
 */
export async function startTrio(): Promise<Trio> {
  const folder = mkdtempSync(join(tmpdir(), "yihu-trio-"));
  const owner = unprivileged();
  own(folder);
  const ports = await freePorts(11);
  const [etcdPort, peerPort, primaryPort, replicaPort, poolPort] = ports as [
    number,
    number,
    number,
    number,
    number,
  ];
  const nodes = ["db1", "db2", "db3"].map((name, at) => ({
    name,
    port: ports[5 + at] ?? 0,
    apiPort: ports[8 + at] ?? 0,
    dataDir: join(folder, name),
  }));
  const userList = write("userlist.txt", `"yihu" "${PASSWORD}"\n`);
  const common = {
    ADDRESS,
    NETWORK: `${ADDRESS}/32`,
    ETCD_HOSTS: `${ADDRESS}:${etcdPort}`,
    ETCD_DIR: join(folder, "etcd"),
    ETCD_PORT: etcdPort,
    ETCD_PEER_PORT: peerPort,
    ETCD_CLUSTER: `etcd=http://${ADDRESS}:${peerPort}`,
    TTL: 6,
    LOOP_WAIT: 1,
    RETRY_TIMEOUT: 3,
    BIN_DIR: binDir() ?? "",
    RUN_DIR: folder,
    SUPERUSER_PASSWORD: PASSWORD,
    REPLICATION_PASSWORD: PASSWORD,
    REWIND_PASSWORD: PASSWORD,
    PRIMARY_PORT: primaryPort,
    REPLICA_PORT: replicaPort,
    POOL_PORT: poolPort,
    USER_LIST: userList,
    ...Object.fromEntries(
      nodes.flatMap(({ name, port, apiPort }) => [
        [name.toUpperCase(), `${ADDRESS}:${port}`],
        [`${name.toUpperCase()}_API_PORT`, apiPort],
      ]),
    ),
  };
  const running = new Map<string, Running>();
  const trio: Trio = {
    pooledUrl: `postgres://yihu:${PASSWORD}@${ADDRESS}:${poolPort}/yihu`,
    primaryUrl: `postgres://yihu:${PASSWORD}@${ADDRESS}:${primaryPort}/yihu`,
    replicaUrl: `postgres://yihu:${PASSWORD}@${ADDRESS}:${replicaPort}/yihu`,
    leader: async () => {
      const found = await findLeader();
      if (found === null) throw new Error("Nobody leads.");
      return found;
    },
    kill: async (name) => {
      const dataDir = nodes.find((node) => node.name === name)?.dataDir ?? "";
      const patroni = running.get(name);
      patroni?.process.kill("SIGKILL");
      killServer(dataDir);
      await patroni?.exited;
    },
    haltReplicas: async (halted) => {
      const leader = await trio.leader();
      for (const { dataDir } of nodes.filter((node) => node.name !== leader))
        for (const pid of processesOf(dataDir, /: startup/))
          process.kill(pid, halted ? "SIGSTOP" : "SIGCONT");
    },
    stop,
  };

  try {
    start("etcd", "/usr/bin/etcd", "--config-file", fill("etcd.conf.yml", { NAME: "etcd" }));
    for (const { name, port, apiPort, dataDir } of nodes) {
      const filled = fill(
        "patroni.yml",
        { NAME: name, PORT: port, API_PORT: apiPort, DATA_DIR: dataDir },
        `${name}.yml`,
      );
      start(name, "/usr/bin/patroni", filled);
    }
    await eventually(async () => ((await findLeader()) === null ? null : true), 60_000);
    start("haproxy", "/usr/sbin/haproxy", "-db", "-f", fill("haproxy.cfg"));
    start("pgbouncer", "/usr/sbin/pgbouncer", fill("pgbouncer.ini"));
    await makeDatabase();
    await eventually(async () => ((await areFollowing()) ? true : null), 60_000);
    await eventually(() => answers(trio.pooledUrl), 30_000);
    await eventually(() => answers(trio.replicaUrl), 60_000);
    return trio;
  } catch (cause) {
    const heard = [...running].map(([name, { output }]) => `--- ${name}\n${output()}`);
    await stop();
    throw new Error(`The trio could not be started:\n${heard.join("\n")}`, { cause });
  }

  /** Whether there was an answer; a server that is not there yet gives none. */
  async function answers(url: string): Promise<true | null> {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query("select 1");
      return true;
    } catch {
      return null;
    } finally {
      await client.end().catch(() => {});
    }
  }

  async function members(): Promise<{ name: string; role: string; state: string }[]> {
    for (const { apiPort } of nodes) {
      const answer = await fetch(`http://${ADDRESS}:${apiPort}/cluster`).catch(() => null);
      if (answer?.ok) return ((await answer.json()) as { members: never[] }).members;
    }
    return [];
  }

  async function findLeader(): Promise<string | null> {
    const all = await members();
    return all.find(({ role, state }) => role === "leader" && state === "running")?.name ?? null;
  }

  /** One holds every commit that was answered, the other is there to follow it. */
  async function areFollowing(): Promise<boolean> {
    const all = await members();
    return (
      all.some(({ role }) => role === "sync_standby") &&
      all.filter(({ state }) => FOLLOWING.includes(state)).length === nodes.length
    );
  }

  async function makeDatabase(): Promise<void> {
    await asSuperuser(await trio.leader(), [
      `create role yihu login password '${PASSWORD}'`,
      "create database yihu owner yihu",
    ]);
  }

  async function asSuperuser(name: string, statements: readonly string[]): Promise<void> {
    const port = nodes.find((node) => node.name === name)?.port;
    const client = new Client({
      connectionString: `postgres://postgres:${PASSWORD}@${ADDRESS}:${port}/postgres`,
    });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  function start(name: string, program: string, ...args: string[]): void {
    const child = spawn(program, args, {
      cwd: folder,
      env: { PATH: process.env.PATH ?? "", LC_ALL: "C.UTF-8" },
      stdio: ["ignore", "pipe", "pipe"],
      ...owner,
    });
    let output = "";
    const hear = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    const exited = new Promise<void>((resolve) => child.on("exit", () => resolve()));
    running.set(name, { process: child, exited, output: () => output });
  }

  async function stop(): Promise<void> {
    const all = [...running.values()];
    for (const { process: child } of all) child.kill("SIGKILL");
    for (const { dataDir } of nodes) killServer(dataDir);
    await Promise.all(all.map(({ exited }) => exited));
    rmSync(folder, { recursive: true, force: true });
  }

  /** @returns the filled template's file */
  function fill(
    template: string,
    values: Record<string, string | number> = {},
    as = template,
  ): string {
    const all: Record<string, string | number> = { ...common, ...values };
    const text = readFileSync(new URL(template, TEMPLATES), "utf8");
    const filled = text.replaceAll(/\$\{([A-Z0-9_]+)\}/g, (_whole, name: string) => {
      const value = all[name];
      if (value === undefined) throw new Error(`${template} wants ${name}.`);
      return String(value);
    });
    return write(as, filled);
  }

  function write(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    own(file);
    return file;
  }

  function own(path: string): void {
    if ("uid" in owner) chownSync(path, owner.uid, owner.gid);
    chmodSync(path, 0o700);
  }
}

interface Running {
  process: ChildProcess;
  exited: Promise<void>;
  output(): string;
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const id = (what: string) =>
    Number(execFileSync("/usr/bin/id", [what, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** The postmaster first, so that it restarts nothing, then whoever served connections. */
function killServer(dataDir: string): void {
  for (const pid of processesOf(dataDir)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It is gone already.
    }
  }
}

/** The postmaster and what it started, or of those whatever calls itself so. */
function processesOf(dataDir: string, called = /^/): number[] {
  const file = join(dataDir, "postmaster.pid");
  if (!existsSync(file)) return [];
  const postmaster = Number(readFileSync(file, "utf8").split("\n", 1)[0]);
  return [postmaster, ...childrenOf(postmaster)].filter((pid) => {
    try {
      return called.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
    } catch {
      return false;
    }
  });
}

function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === parent;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** All at once, so that none is given out twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.on("error", reject);
          server.listen(0, ADDRESS, () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
  );
  return ports;
}
