import { describe, expect, it } from "vitest";
import { type Snapshot, schemaDrift } from "../../db/schema-drift.ts";

const snapshot = (tables: Snapshot["tables"]): Snapshot =>
  ({ id: String(Math.random()), prevId: "", version: "7", tables }) as Snapshot;

const people = { columns: { id: { type: "text" }, name: { type: "text" } } };

describe("the check of migrations", () => {
  it("is silent when both say the same, in whatever order", () => {
    const turned = { columns: { name: { type: "text" }, id: { type: "text" } } };
    expect(schemaDrift(snapshot({ people }), snapshot({ people: turned }))).toEqual([]);
  });

  it("names new, forgotten and changed tables", () => {
    const changed = { columns: { id: { type: "uuid" }, nick: { type: "text" } } };
    expect(
      schemaDrift(
        snapshot({ people, old: { columns: {} } }),
        snapshot({ people: changed, fresh: { columns: {} } }),
      ),
    ).toEqual([
      "fresh: in db/schema only",
      "old: in the migrations only",
      "people: differs in id, name, nick",
    ]);
  });

  it("sees indexes and what stands beside the tables", () => {
    const indexed = { ...people, indexes: { people_by_name: {} } };
    expect(schemaDrift(snapshot({ people }), snapshot({ people: indexed }))).toEqual([
      "people: keys or indexes differ",
    ]);
    expect(schemaDrift(snapshot({}), { ...snapshot({}), enums: { mood: [] } } as Snapshot)).toEqual(
      ["something beside the tables differs"],
    );
  });
});
