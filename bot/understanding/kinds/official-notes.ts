import { readNumeral } from "../../../services/domain/numeral.ts";

/** 「下午巡查 看了出租房8户 一切正常」: counts by what was visited; null when it is no patrol log. */
export function readPatrolLog(text: string): Record<string, number> | null {
  if (!/巡查|走访|巡逻|巡检|入户|夜巡|排查|巡网格/.test(text)) return null;
  const counts = readCounts(text);
  const done =
    /无异常|正常|未发现|没发现|没有发现|情况良好|一切(?:正常|安好)|已(?:完成|巡查)|完成(?:巡查|走访)|上午巡查|下午巡查|晚上巡查|今日巡查|今天巡查|(?:巡查|走访|入户)(?:了|完|记录|日志|打卡)/.test(
      text,
    );
  return done || Object.keys(counts).length > 0 ? counts : null;
}

const COUNTED =
  /(独居老人|空巢老人|孤寡老人|高龄老人|老人|残疾人|出租房|出租屋|租户|企业|店铺|商铺|门店|沿街店铺|九小场所|餐饮店|工地|重点人员|精神障碍患者|困难家庭|低保户|困难户|特殊人群|重点场所|消防通道|消防栓|灭火器|住户|居民|农户|家庭|党员|隐患|河道|楼道|楼幢|楼栋|矛盾纠纷|纠纷|问题)(?:共|约|了|:|：)? ?(\d{1,4}|[一二两三四五六七八九十百]{1,4}) ?(?:户|家|人|名|处|个|间|次|条|位|起|栋|幢)|(?<!\d)(\d{1,4}|[一二两三四五六七八九十百]{1,4}) ?(?:户|家|名|处|个|间|位|起) ?(独居老人|空巢老人|孤寡老人|高龄老人|老人|残疾人|出租房|出租屋|租户|企业|店铺|商铺|门店|工地|重点人员|困难家庭|低保户|困难户|住户|居民|隐患|楼道|矛盾纠纷|纠纷)/g;

function readCounts(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const match of text.slice(0, 600).matchAll(COUNTED)) {
    const subject = match[1] ?? match[4];
    const count = readNumeral(match[2] ?? match[3] ?? "");
    if (subject !== undefined && count !== null) counts[subject] = (counts[subject] ?? 0) + count;
  }
  return counts;
}

/** 「门口的车我已经摆整齐了」: the grid worker has dealt with it. */
export const saysSelfHandled = (text: string): boolean =>
  /(?:已经?|现已|当场|现场|刚|刚刚|都)[^,。!?]{0,12}(?:清掉|清理|清走|清运|搬走|搬掉|移走|劝离|劝走|劝散|修好|扶正|扶起|整改|处理(?:好|掉|完|了)|解决|换好|换上|撕掉|铲掉|冲洗|打扫|扫掉|捡掉|摆好|摆整齐|归位|疏通|调解(?:好|成功)|灭掉|盖好|补上|消除|拆掉|挪走)|自处置|就地解决/.test(
    text,
  ) && !/没(?:有)?(?:清|处理|解决|修)|未(?:清|处理|解决|修)|请(?:派|尽快)|希望/.test(text);

/** 「明天请假,由小李代班」: who is on duty changes; nothing is filed. */
export const saysDutyChange = (text: string): boolean =>
  text.length <= 80 &&
  /请假|代班|替班|换班|顶班|调班|值班(?:换|改|调)|休假|休息[^,。]{0,6}代|(?:让|由|请|叫)[^,。]{1,6}(?:代|顶|替)(?:一下|班|我)/.test(
    text,
  ) &&
  !/物业|学校|老师|公司|不准请假/.test(text);
