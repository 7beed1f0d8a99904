import { existsSync } from "node:fs";
import { loadEnvFile } from "node:process";

/** The settings of the process, with those of a `.env` beside it for what the process was not given. */
export function environment(file = ".env"): Record<string, string | undefined> {
  if (existsSync(file)) loadEnvFile(file);
  return process.env;
}
