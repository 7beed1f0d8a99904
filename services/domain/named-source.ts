/**
 * What people name as the source of a trouble: 金鼎酒店, 城东三期工地. Nothing separates a name from the
 * words before it, so a name may carry some of them; `sameName` compares from the end.
 */
export function namedSources(text: string): NamedSource[] {
  const found: NamedSource[] = [];
  for (const match of text.slice(0, LONGEST_READ).matchAll(NAMED)) {
    const [, before = "", kind = ""] = match;
    const core = withoutGeneric(before.split(BOUNDARY).at(-1) ?? "");
    if (core.length >= SHORTEST_NAME) found.push({ core, kind });
  }
  return found;
}

export interface NamedSource {
  /** what tells it from others of its kind */
  core: string;
  kind: string;
}

/** Names that share so many characters before their kind are one. */
export const SHORTEST_NAME = 2;

/** Whether two names end alike and are of one kind. */
export function sameName(one: NamedSource, other: NamedSource): boolean {
  if (one.kind !== other.kind) return false;
  let shared = 0;
  const most = Math.min(one.core.length, other.core.length);
  while (shared < most && one.core.at(-1 - shared) === other.core.at(-1 - shared)) shared++;
  return shared >= SHORTEST_NAME;
}

const LONGEST_READ = 400;

const KINDS =
  "有限公司|公司|集团|工地|项目部|酒店|宾馆|饭店|饭馆|餐厅|酒楼|酒吧|KTV|歌厅|网吧|烧烤店|洗车店|洗车行|搅拌站|砂石场|修理厂|养殖场|屠宰场|加油站|停车场|棋牌室|麻将馆|洗浴中心|健身房|培训机构|培训班|超市|商场|幼儿园|厂";
const NAMED = new RegExp(`([\\p{Script=Han}A-Za-z0-9]{2,12}?)(${KINDS})`, "gu");

/** Words that stand before a name and are none of it. */
const BOUNDARY =
  /的|在|是|被|和|与|跟|对|向|从|到|去|有|又|还|都|把|让|投诉|举报|反映|附近|旁边|隔壁|楼下|楼上|对面|门口|后面|前面|小区|路口|那个|这个|那家|这家|一家|一个|我们|你们|他们|昨晚|昨天|今天|今早|半夜|凌晨|夜里|晚上|白天|每天|天天|最近|一直|因为|由于|里面|叫|名为/;

/** Says which sort, not which one: 建筑工地 is any building site. */
const GENERIC =
  /(?:建筑|施工|装修|修路|拆迁|地铁|开发|房地产|房产|地产|物业|装饰|自来水|供水|供电|电力|燃气|公交|环卫|保洁|快递|大型|小型|露天|地下|公共|收费|购物|农贸|连锁|快捷|星级|民办|私立|公立|化工|食品|服装|塑料|混凝土|水泥|街道|社区|本地|黑心|无良|某某?|什么|哪家|股份|责任)+$/;

const withoutGeneric = (core: string): string => core.replace(GENERIC, "");
