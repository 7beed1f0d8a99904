/** An item of the 属地管理清单 (seed 001: 81 items); limits are null where the list leaves them open. */
export interface ResponsibilityItem {
  no: string;
  name: string;
  categories: readonly string[];
  leadDept: string;
  supportDepts: readonly string[];
  headcount: number | null;
  respondMinutes: number | null;
  arriveMinutes: number | null;
  completeWorkdays: number | null;
}

/** What is known of a call when it is held against the list. */
export interface Matter {
  cause: string;
  /** categories the words speak for, best first */
  categories: readonly string[];
  deptCodes: readonly string[];
}

/**
 * The items that fit a matter, best first: the category counts most, then words of the item's name in
 * the cause, then departments that the item names. Without category or words in common nothing fits.
 */
export function matchItems(
  matter: Matter,
  list: readonly ResponsibilityItem[],
): ResponsibilityItem[] {
  return list
    .map((item) => ({ item, score: scoreOf(matter, item) }))
    .filter(({ score }) => score >= 1)
    .sort(
      (a, b) => b.score - a.score || a.item.no.localeCompare(b.item.no, "zh", { numeric: true }),
    )
    .map(({ item }) => item);
}

function scoreOf(matter: Matter, item: ResponsibilityItem): number {
  const rank = matter.categories.findIndex((category) => item.categories.includes(category));
  const byCategory = rank === -1 ? 0 : 3 / (rank + 1);
  const shared = pairsOf(item.name).filter((pair) => matter.cause.includes(pair)).length;
  const byWords = Math.min(2, shared / 2);
  if (byCategory + byWords < 1) return 0;
  const depts = [item.leadDept, ...item.supportDepts];
  const byDepts = matter.deptCodes.filter((code) => depts.includes(code)).length * 0.25;
  return byCategory + byWords + byDepts;
}

/** Every two neighbouring characters of a name, without the words that stand in half of the names. */
function pairsOf(name: string): string[] {
  const bare = name.replace(
    /示例|问题|整治|管理|处置|查处|应急|协调|现场|保障|综合|[(())\s、,,]/g,
    "|",
  );
  return bare
    .split("|")
    .flatMap((part) =>
      Array.from({ length: Math.max(0, part.length - 1) }, (_, at) => part.slice(at, at + 2)),
    );
}
