import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { UnderstandingDirectory } from "../../bot/understanding/directory.ts";
import { PLATFORMS } from "../../services/domain/platform.ts";

const folder = new URL("../../db/registry/sample/", import.meta.url);
const rows = (name: string): unknown =>
  parse(readFileSync(new URL(name, folder)), { columns: true, bom: true });

const Category = z.object({
  slug: z.string(),
  name: z.string(),
  platform: z.enum(PLATFORMS).or(z.literal("").transform(() => null)),
  level: z.coerce.number().pipe(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])),
  urgency: z.enum(["normal", "urgent", "critical"]),
});
const Address = z
  .object({
    code: z.string(),
    name: z.string(),
    aliases: z.string().transform((list) => list.split(";").filter((alias) => alias !== "")),
    kind: z.enum(["estate", "village", "road", "poi", "building"]),
    grid_code: z.string(),
    lng: z.coerce.number(),
    lat: z.coerce.number(),
  })
  .transform(({ grid_code, ...address }) => ({ ...address, gridCode: grid_code }));

/** The catalog and addresses of the sample district, without a database. */
export const sampleEarDirectory = (): UnderstandingDirectory => ({
  categories: z.array(Category).parse(rows("categories.csv")),
  addresses: z.array(Address).parse(rows("addresses.csv")),
  grids: [],
  orgNames: [],
});
