import type { KnownCodes } from "./known-codes.ts";
import type { Problem } from "./problem.ts";
import type { Folder } from "./read-folder.ts";

/** Rights follow the DingTalk user id, so no two people may share one. */
export function checkUserIds(folder: Folder, known: KnownCodes): Problem[] {
  const rows = folder.given.get("people.csv")?.rows ?? [];
  const named = new Set(rows.map((row) => row.values.id));
  const holders = new Map<string, string>();
  for (const [id, person] of known.after.get("people.csv") ?? [])
    if (!named.has(id)) holders.set(person.dingtalk_user_id ?? "", id);

  const problems: Problem[] = [];
  for (const { line, values } of rows) {
    const { id = "", dingtalk_user_id: userId = "" } = values;
    if (userId === "") continue;
    const holder = holders.get(userId);
    if (holder === undefined) holders.set(userId, id);
    else if (holder !== id)
      problems.push({
        file: "people.csv",
        line,
        column: "dingtalk_user_id",
        what: `belongs to "${holder}" already, and one DingTalk account is one person. Correct it, or clear one of the two.`,
      });
  }
  return problems;
}
