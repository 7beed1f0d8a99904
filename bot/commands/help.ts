import type { Role } from "../../services/domain/actor.ts";
import { helpForOfficials, helpForResidents } from "../replies/general.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";

/** What each role can say, in the order of a day's work. */
const PHRASES: Partial<Record<Role, readonly string[]>> = {
  gridWorker: [
    "柳岸新村5幢楼道堆满纸箱(直接报事,可带照片)",
    "5幢楼道纸箱已清掉[图](一级事件自己处置)",
    "验收通过 SJ… / 不通过 SJ… 理由",
    "上午巡查 独居老人6户 出租房4户 无异常",
  ],
  gridLeader: ["签收 SJ… / 办结 SJ… 做了什么", "验收通过 SJ… / 不通过 SJ… 理由"],
  dispatcher: [
    "受理 SJ… / 不予受理 SJ… 理由",
    "SJ… 判三级 转综合执法平台",
    "交办 SJ… 给环卫所(不写给谁就按职责清单)",
    "上报 SJ… 理由 / 督办 SJ… 要求 / 会商 SJ…",
    "同意延期 SJ… / SJ…0002 并入 SJ…0001 / 归档 SJ…",
  ],
  stationOfficer: ["签收 SJ… / 办结 SJ… 做了什么", "退单 SJ… 理由 / 申请延期 SJ… 5个工作日 理由"],
  responder: ["签收 SJ… / 办结 SJ… 做了什么", "退单 SJ… 理由 / 申请延期 SJ… 5个工作日 理由"],
  districtDispatcher: ["交办 SJ… 给××局 / 退单 SJ… 理由(退回街道)", "督办 SJ… 要求"],
  streetPrincipal: ["批示 SJ… 内容 / 督办 SJ… 要求"],
  streetOfficer: ["签收 SJ… / 办结 SJ… 做了什么", "督办 SJ… 要求"],
  supervisor: ["督办 SJ… 要求 / 批示 SJ… 内容"],
};

export function answerHelp(turn: Turn): TurnResult {
  const phrases = turn.speaker.roles.flatMap((role) => PHRASES[role] ?? []);
  return onlySay(
    here(phrases.length === 0 ? helpForResidents : helpForOfficials([...new Set(phrases)])),
  );
}
