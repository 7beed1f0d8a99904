import { type Config, readConfig } from "../../services/config.ts";
import { contactKeysOf } from "../contacts/keys.ts";
import type { RegistryPlace } from "./open-registry.ts";

/**
 * The settings of the registry commands. They open no door, so they need no ADMIN_TOKEN: one in its
 * place satisfies the check and is used for nothing.
 *
 * @throws ConfigError naming every problem at once
 */
export function readRegistrySettings(env: Record<string, string | undefined>): RegistryPlace {
  return registryPlace(readCommandSettings(env));
}

/** Where a command finds the district, and what it reads its contact fields with. */
export const registryPlace = (config: Config): RegistryPlace => ({
  url: config.databaseUrl,
  site: config.site,
  keys: (missing) => contactKeysOf({ given: config.contactKeys, ...config }, missing),
});

/** All of them, for a command that opens no door. @throws ConfigError naming every problem at once */
export const readCommandSettings = (env: Record<string, string | undefined>): Config =>
  readConfig({ ...env, ADMIN_TOKEN: env.ADMIN_TOKEN || UNUSED_TOKEN });

const UNUSED_TOKEN = "not-needed-by-the-registry-commands";
