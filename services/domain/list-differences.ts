import type { ResponsibilityItem } from "./responsibility.ts";

export type ItemField = Exclude<keyof ResponsibilityItem, "no">;

export interface ItemDifference {
  no: string;
  name: string;
  kind: "added" | "changed" | "removed";
  fields: { field: ItemField; before: string; after: string }[];
}

const FIELDS: readonly ItemField[] = [
  "name",
  "categories",
  "leadDept",
  "supportDepts",
  "headcount",
  "respondMinutes",
  "arriveMinutes",
  "completeWorkdays",
];

/** How a later 属地管理清单 differs from an earlier one, in the order of the numbers. */
export function listDifferences(
  before: readonly ResponsibilityItem[],
  after: readonly ResponsibilityItem[],
): ItemDifference[] {
  const known = new Map(before.map((item) => [item.no, item]));
  const kept = new Map(after.map((item) => [item.no, item]));
  return [...new Set([...known.keys(), ...kept.keys()])]
    .sort((one, other) => one.localeCompare(other, "zh", { numeric: true }))
    .flatMap((no): ItemDifference[] => {
      const [was, is] = [known.get(no), kept.get(no)];
      const fields = FIELDS.flatMap((field) => {
        const [one, other] = [said(was?.[field]), said(is?.[field])];
        return one === other ? [] : [{ field, before: one, after: other }];
      });
      if (fields.length === 0) return [];
      const kind = was === undefined ? "added" : is === undefined ? "removed" : "changed";
      return [{ no, name: (is ?? was)?.name ?? "", kind, fields }];
    });
}

const said = (value: string | number | readonly string[] | null | undefined): string =>
  value == null ? "" : Array.isArray(value) ? value.join(";") : String(value);
