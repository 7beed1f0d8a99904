import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import type { ServiceItem } from "../../services/domain/service-item.ts";

const file = new URL("../../db/registry/sample/service-items.csv", import.meta.url);

/** The made-up service items of the sample district. */
export const sampleServiceItems = (): ServiceItem[] =>
  parse<Record<string, string>>(readFileSync(file), { columns: true, bom: true }).map((row) => ({
    code: row.code ?? "",
    name: row.name ?? "",
    aliases: (row.aliases ?? "").split(";").filter((alias) => alias !== ""),
    conditions: row.conditions ?? "",
    materials: row.materials ?? "",
    window: row.window ?? "",
    hours: row.hours ?? "",
    phone: row.phone || null,
    source: row.source ?? "",
  }));
