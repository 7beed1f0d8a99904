import type { View } from "./api.ts";
import type { Position } from "./position.ts";

/** How something is said: good news, something that waits, bad news. */
export interface Said {
  tone: "good" | "wait" | "bad";
  text: string;
}

/** `11月29日 17:30`, in China wherever the phone thinks it is. */
export function spoken(iso: string): string {
  const local = new Date(Date.parse(iso) + 8 * 3_600_000);
  const pad = (n: number) => String(n).padStart(2, "0");
  return `${local.getUTCMonth() + 1}月${local.getUTCDate()}日 ${pad(local.getUTCHours())}:${pad(local.getUTCMinutes())}`;
}

export const reportTime = (view: View): string =>
  view.emergency ? `突发:${spoken(view.arriveBy)}前到场` : spoken(view.reportAt ?? view.arriveBy);

export const department = (view: View): string =>
  view.headcount === null ? view.deptName : `${view.deptName}(要求${view.headcount}人)`;

/** What the server made of it; null while nothing was told yet. */
export function stateSaid(view: View): Said | null {
  const { arrival, no, radiusM } = view;
  const people = arrival?.headcount == null ? "" : `,${arrival.headcount}人`;
  switch (view.state) {
    case "counted":
      return {
        tone: arrival?.late === true ? "wait" : "good",
        text: `报到成功:${arrival === null ? "" : spoken(arrival.at)}${arrival?.late === true ? ",迟到" : ",准时"}${people}${arrival?.distanceM == null ? "" : `,距报到点${arrival.distanceM}米`}。办完请在聊天里回「办结反馈 ${no} 做了什么」。`,
      };
    case "claimed":
      return {
        tone: "wait",
        text: `已记下您${arrival === null ? "" : ` ${spoken(arrival.at)} `}到了${people},等街道确认。到了报到点${radiusM}米内再点一次,可直接算数。`,
      };
    case "expired":
      return { tone: "bad", text: `链接已过期。请在聊天里回「到了 ${no}」,由街道确认。` };
    case "released":
      return { tone: "good", text: "区平台已同意贵单位不用到场。" };
    case "over":
      return { tone: "good", text: "这次呼叫已经结束,不用再报到。" };
    case "open":
      return null;
  }
}

/** Why an arrival without a good position waits for the street, and what would help. */
export function positionSaid(position: Position, view: View): string | null {
  if (!position.known) return WITHOUT_POSITION[position.why];
  return position.accuracyM > view.worstAccuracyM
    ? `定位误差约${Math.round(position.accuracyM)}米,不能自动算数。走到开阔处再点一次,或等街道确认。`
    : null;
}

const WITHOUT_POSITION = {
  denied: "没有得到位置权限,已按「无位置」报到。要自动算数,请在系统设置里允许定位后再点一次。",
  insecure: "本页不是 https 地址,浏览器不给位置,已按「无位置」报到,等街道确认。",
  unavailable: "手机没有给出位置,已按「无位置」报到。打开定位后可再点一次。",
  tooSlow: "定位太慢,已按「无位置」报到。走到开阔处可再点一次。",
} as const;

export const LOCATING = "正在定位…点这里不等了";
export const SENDING = "正在报到…";
export const PRESS = "我到了";
export const HINT = "点的时候会用到您的位置,只用来核对是否到了报到点。";
export const OFFLINE_FIRST: Said = {
  tone: "bad",
  text: "连不上网,打不开工单。有信号后会自动再试;也可以在聊天里回「到了」加工单编号。",
};
export const keptSaid = (at: string): Said => ({
  tone: "wait",
  text: `没有信号,已记下您 ${spoken(at)} 到了。有信号后自动补报,请不要关掉本页,或稍后再打开。`,
});
export const NOT_KEPT: Said = {
  tone: "bad",
  text: "没有信号,手机也存不下来。请有信号时再点一次,或在聊天里回「到了」加工单编号。",
};
export const PHOTO_UNREADABLE = "这张照片读不出来,请换一张。";
