/** The part of a drizzle-kit snapshot that this looks into. */
export interface Snapshot {
  tables: Record<string, { columns: Record<string, unknown> }>;
}

/**
 * How the schema differs from what the migrations lead to: one line a table, for people. Empty when
 * both say the same.
 *
 * @param migrated - snapshot beside the newest migration
 * @param wanted - snapshot of db/schema
 */
export function schemaDrift(migrated: Snapshot, wanted: Snapshot): string[] {
  const names = new Set([...Object.keys(migrated.tables), ...Object.keys(wanted.tables)]);
  const lines = [...names].sort().flatMap((name) => {
    const before = migrated.tables[name];
    const after = wanted.tables[name];
    if (before === undefined) return [`${name}: in db/schema only`];
    if (after === undefined) return [`${name}: in the migrations only`];
    return same(before, after) ? [] : [`${name}: ${changedParts(before, after)}`];
  });
  if (lines.length > 0) return lines;
  return same(essence(migrated), essence(wanted)) ? [] : ["something beside the tables differs"];
}

function changedParts(
  before: Snapshot["tables"][string],
  after: Snapshot["tables"][string],
): string {
  const columns = new Set([...Object.keys(before.columns), ...Object.keys(after.columns)]);
  const changed = [...columns].filter(
    (column) => !same(before.columns[column], after.columns[column]),
  );
  return changed.length === 0 ? "keys or indexes differ" : `differs in ${changed.join(", ")}`;
}

/** Ids of snapshots are made anew each time and say nothing about the schema. */
function essence(snapshot: Snapshot): unknown {
  const { id, prevId, ...rest } = snapshot as Snapshot & { id?: string; prevId?: string };
  return rest;
}

const same = (a: unknown, b: unknown): boolean => ordered(a) === ordered(b);

/** As JSON with the keys in order: two snapshots may list the same things in different order. */
function ordered(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === "object" && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ""
  );
}
