import { type Config, readConfig } from "../../services/config.ts";

/**
 * The settings of the registry commands. They open no door, so they need no ADMIN_TOKEN: one in its
 * place satisfies the check and is used for nothing.
 *
 * @throws ConfigError naming every problem at once
 */
export function readRegistrySettings(env: Record<string, string | undefined>): {
  url: string;
  site: string;
} {
  const config = readCommandSettings(env);
  return { url: config.databaseUrl, site: config.site };
}

/** All of them, for a command that opens no door. @throws ConfigError naming every problem at once */
export const readCommandSettings = (env: Record<string, string | undefined>): Config =>
  readConfig({ ...env, ADMIN_TOKEN: env.ADMIN_TOKEN || UNUSED_TOKEN });

const UNUSED_TOKEN = "not-needed-by-the-registry-commands";
