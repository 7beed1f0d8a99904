/**
 * The lines of work (条线) that organisations are named after, each with what people call it. The first
 * name is today's official one; the others are abbreviations and earlier names that are still said.
 */
const LINES_OF_WORK = {
  lawEnforcement:
    "综合行政执法 综合执法 行政执法 城市管理行政执法 城市管理 城管执法 城管 综执 执法",
  marketSupervision:
    "市场监督管理 市场监督 市场监管 市监 工商行政管理 工商 食品药品监督 食药监 食药 质监",
  construction:
    "住房和城乡建设 住房城乡建设 住房与城乡建设 城乡建设 住房保障 住建 建设 房产管理 房管",
  environment: "生态环境 环境保护 环保 生环 生态",
  water: "水务 水利水务 水利 排水",
  police: "公安",
  trafficPolice: "交通警察 交警 交管",
  policeStation: "派出所",
  fire: "消防救援 消防",
  emergency: "应急管理 应急 安全生产监督管理 安全生产 安监",
  transport: "交通运输 交通 交运 运管",
  labour: "人力资源和社会保障 人力资源社会保障 人力社保 人社 劳动监察 劳动保障",
  civilAffairs: "民政",
  health: "卫生健康 卫生和计划生育 卫生计生 卫健 卫计 卫生",
  education: "教育体育 教育 教体",
  justice: "司法行政 司法",
  land: "自然资源和规划 自然资源 国土资源 国土 规划 自规 资规",
  agriculture: "农业农村 农业",
  culture: "文化广电旅游体育 文化广电和旅游 文化和旅游 文化旅游 文广旅体 文广旅 文旅 文体",
  development: "发展和改革 发展改革 发改",
  industry: "经济和信息化 经济信息化 经信 工业和信息化 工信",
  commerce: "商务",
  finance: "财政",
  tax: "税务",
  greenery: "园林绿化 园林 绿化",
  sanitation: "环境卫生 环卫 保洁",
  municipal: "市政公用 市政设施 市政工程 市政 路灯",
  petition: "信访",
  data: "大数据发展 大数据 数据资源 数据",
  services: "便民服务 政务服务 行政审批 行政服务 便民 审批",
  publicOrder: "社会治安综合治理 综合治理 综治 平安建设 平安法治",
  discipline: "纪律检查 纪检监察 纪委监委 纪委 纪检 监察 督查",
  electricity: "供电 电力 国家电网",
  gas: "燃气 天然气",
  waterSupply: "自来水 供水",
  women: "妇女联合 妇联",
  disabled: "残疾人联合 残联",
  veterans: "退役军人事务 退役军人",
  healthInsurance: "医疗保障 医保",
} as const;

export type LineOfWork = keyof typeof LINES_OF_WORK;

// Longest first, so that 交通警察 is not taken for 交通 nor 环境卫生 for 卫生.
const SAID: readonly { said: string; line: LineOfWork }[] = Object.entries(LINES_OF_WORK)
  .flatMap(([line, words]) => words.split(" ").map((said) => ({ said, line: line as LineOfWork })))
  .sort((one, other) => other.said.length - one.said.length);

/** Every word for a line of work, the longer before the shorter that it contains. */
export const WORDS_FOR_WORK: readonly string[] = SAID.map(({ said }) => said);

export interface LinesFound {
  lines: readonly LineOfWork[];
  /** the text without the words of the lines: 「中队」 of 「综合执法中队」 */
  rest: string;
}

/** The lines of work that a name speaks of; one in most names, none in 「望潮街道」. */
export function linesIn(name: string): LinesFound {
  const lines = new Set<LineOfWork>();
  let rest = name;
  for (const { said, line } of SAID) {
    if (!rest.includes(said)) continue;
    lines.add(line);
    rest = rest.replaceAll(said, "");
  }
  return { lines: [...lines], rest };
}

/** Who has the work where the district has no organisation of its own for it. */
const TAKEN_ON_BY: Partial<Record<LineOfWork, LineOfWork>> = {
  trafficPolice: "police",
  policeStation: "police",
  municipal: "construction",
  greenery: "construction",
  gas: "construction",
  waterSupply: "water",
  sanitation: "lawEnforcement",
};

/** The lines and those that usually take them on; for suggestions, never for an answer. */
export function withRelatedLines(lines: readonly LineOfWork[]): LineOfWork[] {
  const related = lines.flatMap((line) => TAKEN_ON_BY[line] ?? []);
  return [...lines, ...related];
}
