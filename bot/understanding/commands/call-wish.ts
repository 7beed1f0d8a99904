import type { Role } from "../../../services/domain/actor.ts";
import { CALL_RIGHTS } from "../../../services/domain/call-rights.ts";
import type { Command, Doubt } from "../../../services/domain/understanding.ts";
import { rowsCalled } from "../calls/call-draft.ts";
import { leftover } from "../calls/leftover.ts";
import { doubtOfWish } from "../calls/wish-doubt.ts";
import { findEmergency } from "../emergencies/find-emergency.ts";
import { command } from "./verb.ts";

/** Officials of a street; the same words of anybody else are a report. */
const OF_STREET: readonly Role[] = ["streetOfficer", "streetPrincipal", "dispatcher", "gridLeader"];

const OPENS =
  /^(?:请|麻烦|现在|我们?|这里|这边|街道|我街道|领导)*(?:[要能该]不[要能该]|可不可以|是否|能否|需不需要)?(?:要|想|申请|需要?|请求|打算|准备)*(?:发起|启动)?(?:街呼区应|吹个?哨|呼叫(?!单|工单|中心|系统|器|铃|转移|记录|我|你|他|她|不到|不了|不通)|呼(?=[一-龥]{2,6}(?:[局委]|[、和 ]))|喊(?=[区一-龥]{0,4}))(?:一下|报到|部门|区级部门|区里|区)?(?:的)?[\s:：,，!！]*/;
const SURE_OPENER = /吹个?哨|呼叫|街呼区应/;
const OF_DISTRICT = /区里|区级|区直|区局|区属|区有关|上级部门|区[一-龥]{2,10}(?:局|大队|支队|委)/;
/** The street's own stations come by 「交办」. */
const STATION = /中队|[^出]所|派出所|站|社区|物业|科|窗口/;
const COMES =
  /来|到场|到位|支援|配合|参加|参与|联合|协助|协同|处置|整治|会商|赶|出动|派人|帮|一起|增援|检查|碰头|集合|集中|下来|响应|到(?=[一-龥]{2,})/;
const REPORTS = /^(?:报|上报|登记|巡查发现|发现|随手拍|转报)[:： ]/;
const OTHERS_WISH =
  /(?:居民|群众|业主|老百姓|村民|商户|老板|家长|他们?|她|有人|网友)[^,，。]{0,6}(?:说|要求|希望|想|反映|投诉)/;
const DANGER = /突发|紧急|险情|抢险|出事了|要出人命|快要?[一-龥]{0,2}(?:掉|塌|倒|垮|炸)/;
const PRESSING = /赶紧|赶快|快点?|马上|立即|立刻|火速|迅速|速/;

/**
 * A call in an official's own words: 「想请区里综合执法和市场监管的人明天晚上七点半来…」. Empty for anybody who is
 * not of a street, and for what calls nobody of the district.
 */
export function readCallWish(text: string, roles: readonly Role[]): Command[] {
  if (!roles.some((role) => OF_STREET.includes(role))) return [];
  if (REPORTS.test(text) || OTHERS_WISH.test(text)) return [];
  const opener = OPENS.exec(text)?.[0] ?? null;
  const said = opener === null ? text : `要${text.slice(opener.length)}`;
  const rows = rowsCalled(said);
  const named = new Set(rows.flatMap(({ departments }) => departments.map(({ name }) => name)));
  const ofDistrict = [...named].filter((name) => !STATION.test(name)).length;
  if (!calls(text, opener, ofDistrict, leftover(said, rows))) return [];
  const why = doubtOfWish(text, (words) => rowsCalled(words).length > 0);
  if (why === "past" || why === "besides") return [];
  const mayDraft = roles.some((role) => CALL_RIGHTS.callDraft.includes(role));
  const danger = isDanger(text);
  // In danger the number to ring and the alarm come first; who may not call must not lose them.
  if (danger && !mayDraft) return [];
  // Who may not call is not told the words for a call that is not wanted.
  if (why !== null && why !== "asked" && !mayDraft) return [];
  const doubt: { doubt?: Doubt } = why === null ? {} : { doubt: why };
  const words = opener === null || !SURE_OPENER.test(opener) ? text : text.slice(opener.length);
  const part = { said: "", numbers: [], rest: words };
  return command(part, "callDraft", {
    note: danger ? `紧急!${words}` : words,
    meant: "callDraft",
    ...doubt,
  });
}

function calls(text: string, opener: string | null, departments: number, rest: string): boolean {
  if (opener !== null && SURE_OPENER.test(opener)) return true;
  if (opener !== null && departments > 0) return true;
  if (departments === 0 || !COMES.test(rest)) return false;
  return departments > 1 || OF_DISTRICT.test(text) || (isDanger(text) && PRESSING.test(text));
}

const isDanger = (text: string): boolean => DANGER.test(text) || findEmergency(text) !== null;
