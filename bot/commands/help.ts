import type { Role } from "../../services/domain/actor.ts";
import { helpForOfficials, helpForResidents } from "../replies/general.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";

/** What each role can say, in the order of a day's work. */
const PHRASES: Partial<Record<Role, readonly string[]>> = {
  gridWorker: [
    "柳岸新村5幢楼道堆满纸箱(直接报事,可带照片)",
    "5幢楼道纸箱已清掉[图](一级事件自己处置)",
    "验收通过 SJ… / 不通过 SJ… 理由",
    "确认 GJ… / 误报 GJ… 原因(烟雾、用电、水位告警,上门后回)",
    "上午巡查 独居老人6户 出租房4户 无异常",
    "转报 微信里张阿姨说:5幢楼道灯坏了(替居民报,回话可直接复制)",
  ],
  gridLeader: ["签收 SJ… / 办结 SJ… 做了什么", "验收通过 SJ… / 不通过 SJ… 理由"],
  dispatcher: [
    "受理 SJ… / 不予受理 SJ… 理由",
    "SJ… 判三级 转综合执法平台",
    "交办 SJ… 给环卫所(不写给谁就按职责清单)",
    "上报 SJ… 理由 / 督办 SJ… 要求 / 会商 SJ…",
    "同意延期 SJ… / SJ…0002 并入 SJ…0001 / 拆分 SJ…(并错了) / 归档 SJ…",
    "专报 SJ… / 专报稿 SJ…(会商没有结果、要区里指定部门的)",
    "确认 GJ… / 确认 GJ… 并入 SJ… / 误报 GJ… 原因(告警)",
    "更正 SJ… 地点 南塘家园3幢 / 地名 老粮站 就是 南塘家园",
  ],
  stationOfficer: ["签收 SJ… / 办结 SJ… 做了什么", "退单 SJ… 理由 / 申请延期 SJ… 5个工作日 理由"],
  responder: [
    "收到 HJ… 2人 / 不响应 HJ… 理由",
    "到了 HJ…(或点派遣消息里的链接带位置报到)/ 堵车晚20分钟",
    "办结反馈 HJ… 做了什么 / 答复 HJ… 情况 / 申诉 HJ… 理由",
    "签收 SJ… / 办结 SJ… 做了什么 / 退单 SJ… 理由",
  ],
  districtDispatcher: [
    "派遣 HJ… 综合执法2人 公安1人 明晚8点 滨河路解放街口",
    "研判退回 HJ… 理由 / 同意不响应 HJ… 市场监管",
    "派遣 HJ… 生态环境2人 代替市场监管",
    "交办 SJ… 给××局 / 退单 SJ… 理由(退回街道)/ 督办 SJ… 要求",
    "专报稿 SJ… / 三定清单",
  ],
  streetPrincipal: ["签批同意 HJ… / 签批不同意 HJ… 理由", "批示 SJ… 内容 / 督办 SJ… 要求"],
  streetOfficer: [
    "发起街呼区应 事由 地点 要哪些部门 时间(也可以直接说:想请区里××局明晚8点来…)",
    "突发!事由 呼住建 应急 消防",
    "修改 HJ… 时间改为明晚9点 / 修改 HJ… 事由 … / 撤销 HJ… / 催办 HJ…",
    "确认到场 HJ… 市场监管 公安 / 现场 HJ… 记录 / 已报区平台 HJ…",
    "结案 HJ… 意见 综合执法95 市场监管90",
    "签收 SJ… / 办结 SJ… 做了什么 / 督办 SJ… 要求",
  ],
  supervisor: [
    "认定 HJ… 水务 迟响应 / 通报 HJ…",
    "督办 SJ…或HJ… 要求(可写黄牌、红牌、几点前答复)/ 批示 HJ… 内容",
  ],
  followUpAgent: ["回访 HJ… 群众反映已解决 满意"],
};

/** What every official can say besides. */
const FOR_ALL = ["请假 11月26日到27日 由李卫东代 / 销假", "消防今天谁值班"];

export function answerHelp(turn: Turn): TurnResult {
  const own = turn.speaker.roles.flatMap((role) => PHRASES[role] ?? []);
  const phrases = own.length === 0 ? [] : [...own, ...FOR_ALL];
  return onlySay(
    here(phrases.length === 0 ? helpForResidents : helpForOfficials([...new Set(phrases)])),
  );
}
