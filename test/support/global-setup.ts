import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { openDatabase, pgliteDatabase } from "../../db/client.ts";
import { migrate } from "../../db/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** a dump of a migrated PGlite: loading it is four times faster than making one */
    pgliteDump: string;
    /** name of the migrated PostgreSQL database that every test file copies */
    postgresTemplate: string;
  }
}

export default async function setup(project: TestProject) {
  return process.env.TEST_DATABASE_URL && project.name === "postgres"
    ? setupPostgres(project, process.env.TEST_DATABASE_URL)
    : setupPglite(project);
}

async function setupPglite(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "yihu-test-"));
  const client = await PGlite.create();
  const database = pgliteDatabase(client, "test", () => {});
  await migrate(database, "pglite:");
  const dump = await client.dumpDataDir("none");
  const file = join(folder, "migrated.tar");
  writeFileSync(file, Buffer.from(await dump.arrayBuffer()));
  await database.close();
  project.provide("pgliteDump", file);
  project.provide("postgresTemplate", "");
  return () => rmSync(folder, { recursive: true, force: true });
}

async function setupPostgres(project: TestProject, url: string) {
  const template = `yihu_template_${process.pid}`;
  await onServer(url, (client) => client.query(`create database ${template}`));
  const templateUrl = withDatabase(url, template);
  const database = await openDatabase(templateUrl, "test");
  await migrate(database, templateUrl);
  await database.close();
  project.provide("pgliteDump", "");
  project.provide("postgresTemplate", template);
  return () =>
    onServer(url, (client) => client.query(`drop database if exists ${template} with (force)`));
}

async function onServer(url: string, work: (client: Client) => Promise<unknown>) {
  const client = new Client({ connectionString: url });
  await client.connect().catch((cause) => {
    throw new Error(
      `Cannot reach the test server of TEST_DATABASE_URL. Start PostgreSQL or unset the variable.`,
      { cause },
    );
  });
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
