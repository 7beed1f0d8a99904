/**
 * What people name as the source of a trouble: 金鼎酒店, 城东三期工地. Nothing separates a name from the
 * words before it, so a name may carry some of them; `sameName` compares from the end.
 */
export function namedSources(text: string): NamedSource[] {
  const found: NamedSource[] = [];
  for (const match of text.slice(0, LONGEST_READ).matchAll(NAMED)) {
    const [, before = "", kind = ""] = match;
    // Generic words may hold a boundary (建筑), and one may be left behind it.
    const name = withoutGeneric(before).split(BOUNDARY).at(-1) ?? "";
    const core = withoutGeneric(name);
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
const BOUNDARY = new RegExp(
  [
    "的|在|是|被|和|与|跟|对|向|从|到|去|有|又|还|都|把|让|给|该|开|设|办|建|叫|无|没|个|家|所|座|间",
    "投诉|举报|反映|要求|请求|希望|联系|督促|根据|经营|名为|因为|由于|违法|违规|非法|擅自|私自|其他|很多|许多|所有|下属",
    "附近|旁边|隔壁|楼下|楼上|对面|门口|后面|前面|里面|周边|小区|路口|学校|中学|小学|[A-Z]\\d*[市区县]",
    "那个|这个|我们|你们|他们|昨晚|昨天|今天|今早|半夜|凌晨|夜里|晚上|白天|每天|天天|最近|一直",
  ].join("|"),
);

/** Says which sort, not which one: 建筑工地 is any building site, 置业公司 any developer. */
const GENERIC = new RegExp(
  `(?:${[
    "建筑|施工|装修|修路|拆迁|地铁|开发|房地产|房产|地产|物业|装饰|工程|建设|置业|混凝土|水泥|搅拌",
    "自来水|供水|供电|电力|燃气|热力|公交|环卫|保洁|快递|物流|移动|联通|电信|铁塔|交通|轨道|能源",
    "投资|管理|服务|发展|实业|贸易|商贸|商务|网络|科技|技术|信息|机械|医药|医疗|保险|金融|文化|传媒|教育|环保|餐饮|控股",
    "大型|小型|露天|地下|公共|收费|购物|农贸|连锁|快捷|星级|化工|食品|服装|塑料|街道|社区|本地|黑心|无良|上市",
    "民办|私立|公立|公办|普惠性?|非?营利性|配套|配备|附属|中心|[分子总母]|某某?|什么|哪|股份|责任",
  ].join("|")})+$`,
);

const withoutGeneric = (core: string): string => core.replace(GENERIC, "");
