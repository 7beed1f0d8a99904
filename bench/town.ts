import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { loadSampleDistrict } from "../db/registry/sample-district.ts";

const FIRST = [..."云竹松梅兰荷桂柳枫杏"];
const SECOND = [..."溪岸岭湾桥坊亭泉洲渡"];
const KINDS = ["家园", "苑", "新村", "公寓"];
/** So many that a day's reports do not all meet in one grid; each has an estate of its own name. */
const ESTATES = KINDS.flatMap((kind) =>
  FIRST.flatMap((first) => SECOND.map((second) => `${first}${second}${kind}`)),
);

const MATTERS = [
  "楼道灯不亮两天了,老人晚上下楼看不见",
  "门口垃圾桶满出来了,味道很大",
  "下水道堵了,污水流到路上",
  "有人把电动车停在消防通道上",
  "楼下夜里施工,吵得睡不着",
  "路面坑坑洼洼,骑车要摔跤",
  "树枝断了挂在半空,怕砸到人",
  "门口乱堆杂物,走路都走不过去",
];

/** The sample district with 400 more grids, an estate and a group chat in each. */
export async function loadTown(database: Database, now: Date): Promise<void> {
  await loadSampleDistrict(database, now);
  await addEstates(database, "sandbox");
}

export async function addEstates(
  database: Database,
  channel: "sandbox" | "dingtalk",
): Promise<void> {
  const grid = sql`unnest(${sql.param(ESTATES)}::text[]) with ordinality as estate (name, n)`;
  await database.orm.execute(sql`
    insert into grids (site, code, name, community_code, class, kind)
    select ${database.site}, 'BG-' || n, name || '网格', 'SLQ-WC-NT', 1, 'ordinary' from ${grid}`);
  await database.orm.execute(sql`
    insert into groups (site, channel, conversation_id, name, kind, grid_code, org_code)
    select ${database.site}, ${channel}, 'bench-' || n, name || '网格群', 'resident', 'BG-' || n, 'SLQ-WC-NT' from ${grid}`);
  await database.orm.execute(sql`
    insert into addresses (site, code, name, aliases, kind, grid_code)
    select ${database.site}, 'BA-' || n, name, '{}', 'estate', 'BG-' || n from ${grid}`);
}

/** What a resident writes in a group; no two of some thousands are of one matter at one place. */
export function residentSays(index: number): {
  conversationId: string;
  user: string;
  text: string;
} {
  const grid = index % ESTATES.length;
  const round = Math.floor(index / ESTATES.length);
  const building = 1 + (Math.floor(round / MATTERS.length) % 60);
  return {
    conversationId: `bench-${grid + 1}`,
    user: `resident-${index}`,
    text: `${ESTATES[grid]}${building}幢${MATTERS[(grid + round) % MATTERS.length]}`,
  };
}
