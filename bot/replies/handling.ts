import { EVENT_STATUS_NAMES, type EventStatus } from "../../services/domain/event.ts";
import type { EventChange } from "../../services/domain/event-actions/decision.ts";
import { levelName } from "../../services/domain/level.ts";
import { PLATFORM_NAMES, type PlatformNaming } from "../../services/domain/platform.ts";
import { spokenTime } from "../../services/domain/time.ts";
import { urgeReceived } from "./progress.ts";
import { gradeName } from "./supervision.ts";

/** What the wording of a done action needs besides the change itself. */
export interface DoneWords {
  no: string;
  naming: PlatformNaming;
  /** organisation and person, main and supporting */
  lead: string | null;
  supports: readonly string[];
  dueAt: Date | null;
  /** who the routing table would take */
  suggestion: string | null;
  /** the assigned organisation has nobody in the registry who could sign */
  nobodyThere: boolean;
  /** more was done to the same event by the same message: only the last says what comes next */
  more: boolean;
}

/** The answer to an official whose action was done, ending with what comes next. */
export function actionDone(change: EventChange, words: DoneWords): string {
  const { no } = words;
  const due = words.dueAt === null ? "" : `,办结期限${spokenTime(words.dueAt)}`;
  switch (change.action) {
    case "accept":
      if (words.more) return `已受理 ${no}。`;
      return `已受理 ${no}${due}。下一步请交办:「交办 ${no}${words.suggestion === null ? " 给××" : ""}」${words.suggestion === null ? "" : `(按职责清单给${words.suggestion},要换请写明「给××」)`}。`;
    case "setLevel": {
      const level = change.patch.level === undefined ? "" : `级别${levelName(change.patch.level)}`;
      const platform = change.patch.platform
        ? `,平台${PLATFORM_NAMES[words.naming][change.patch.platform]}`
        : "";
      return `已定 ${no}:${level}${platform}${words.more ? "" : due}。`;
    }
    case "assign":
      return `已交办 ${no} 给${words.lead ?? "承办单位"}${words.supports.length === 0 ? "" : `,协办${words.supports.join("、")}`},等签收${due}。${words.nobodyThere ? "注意:该单位还没有登记经办人,收不到消息,请电话通知。" : ""}`;
    case "sign":
      return change.to === "handling"
        ? `已签收 ${no}${due}。办好请回「办结 ${no} 做了什么」,可带照片。`
        : `已签收 ${no}(协办),配合主办单位${words.lead ?? ""}办理。`;
    case "complete":
      return `已办结 ${no},已反馈报事人和指挥室,等验收。`;
    case "verify":
      return change.to === "closed" || change.to === "verified"
        ? `${no} 验收通过。报事人和指挥室都告知后自动结案。`
        : verifyFailed(no, change.to);
    case "escalate":
      return `已上报 ${no} 到区指挥中心,等区里交办。`;
    case "delay":
      return `${no} 的延期申请已送指挥室审批。`;
    case "decideDelay":
      return change.patch.delayApproved ? `已同意 ${no} 延期${due}。` : `已答复:${no} 不延期。`;
    case "supervise":
      return words.lead === null
        ? `已${graded(change)} ${no},已转指挥室。`
        : `已${graded(change)} ${no},${words.lead}须答复。`;
    case "instruct":
      return words.lead === null
        ? `批示已转指挥室:${no} 还没有承办单位。`
        : `批示已转 ${no} 的承办单位${words.lead},须答复。`;
    case "reject":
      return `${no} 不予受理,理由已告知报事人。`;
    case "close":
      return change.to === "closed"
        ? `${no} 已结案。`
        : `${no} 已记为告知报事人,验收通过后自动结案。`;
    case "urge":
      return urgeReceived(no, EVENT_STATUS_NAMES[change.to]);
    case "return":
      return change.to === "escalated"
        ? `已退单 ${no},区指挥中心会改派。`
        : change.from === "escalated"
          ? `已退单 ${no},退回街道指挥室。`
          : `已退单 ${no},指挥室会改派。`;
    case "archive":
      return `${no} 已归档,不再改动。`;
    case "merge":
      return `${no} 已并入 ${change.patch.mergedInto ?? ""},报事人都已告知。`;
    case "consult":
      return `${no} 已提请会商,期限暂停计时。`;
    case "concludeConsultation":
      return `${no} 会商结论已记,请据此交办。`;
    case "specialReport":
      return `${no} 专报已送区指挥中心,等区政府指定部门。稿子请回「专报稿 ${no}」。`;
    case "progress":
      return `${no} 进展已记。`;
    case "withdraw":
      return `${no} 已撤回。`;
    case "reopen":
      return `${no} 已退回重办,现在「${EVENT_STATUS_NAMES[change.to]}」。`;
    case "correct":
      return `已更正 ${no}:${change.note ?? ""}。`;
    default:
      return `${no} 已记。`;
  }
}

const graded = (change: EventChange): string => gradeName(change.patch.demands?.at(-1)?.grade);

const verifyFailed = (no: string, to: EventStatus): string =>
  `${no} 验收不通过,已退回,现在「${EVENT_STATUS_NAMES[to]}」。`;

export const verifiedAndClosed = (no: string): string => `${no} 验收通过,双反馈已完成,已结案。`;

/** Somebody reported as dealt with what is not in their grid. */
export const filedInstead = (no: string, place: string | null): string =>
  `${place ?? "这里"}不在您的网格,不能记为自处置。已登记 ${no},由指挥室受理。`;

export const completeLikeThis = (no: string, words: string): string =>
  `要报办结请带上编号:「办结 ${no} ${words}」。`;

export const selfHandled = (no: string): string =>
  `已记 ${no} 为一级(网格)自处置,等网格里别的同志或报事人验收。`;
