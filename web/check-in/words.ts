import { wordsOf } from "../look/page-language.ts";

/** What the page says. Whoever stands at the site may have no account: the language is chosen here. */
export const words = wordsOf(
  {
    title: "街呼区应 · 报到",
    opening: "正在打开…",
    place: "地点",
    report: "报到",
    department: "单位",
    headcount: "到场人数",
    fewer: "少一人",
    more: "多一人",
    photo: "拍照(可不拍)",
    photoTaken: "已拍",
    photoUnreadable: "这张照片读不出来,请换一张。",
    photoProblem: (said: string) => `${said}。`,
    press: "我到了",
    locating: "正在定位…点这里不等了",
    sending: "正在报到…",
    hint: "点的时候会用到您的位置,只用来核对是否到了报到点。",
    time: (month: number, day: number, clock: string) => `${month}月${day}日 ${clock}`,
    emergency: "🚨 突发",
    seeCause: "见事由",
    emergencyBy: (at: string) => `突发:${at}前到场`,
    asked: (dept: string, n: number) => `${dept}(要求${n}人)`,
    counted: (at: string) => `报到成功:${at}`,
    late: ",迟到",
    onTime: ",准时",
    people: (n: number) => `,${n}人`,
    off: (m: number) => `,距报到点${m}米`,
    whenDone: (no: string) => `。办完请在聊天里回「办结反馈 ${no} 做了什么」。`,
    claimed: (at: string, people: string, radiusM: number) =>
      `已记下您${at === "" ? "" : ` ${at} `}到了${people},等街道确认。到了报到点${radiusM}米内再点一次,可直接算数。`,
    expired: (no: string) => `链接已过期。请在聊天里回「到了 ${no}」,由街道确认。`,
    released: "区平台已同意贵单位不用到场。",
    over: "这次呼叫已经结束,不用再报到。",
    rough: (m: number) => `定位误差约${m}米,不能自动算数。走到开阔处再点一次,或等街道确认。`,
    withoutPosition: {
      denied: "没有得到位置权限,已按「无位置」报到。要自动算数,请在系统设置里允许定位后再点一次。",
      insecure: "本页不是 https 地址,浏览器不给位置,已按「无位置」报到,等街道确认。",
      unavailable: "手机没有给出位置,已按「无位置」报到。打开定位后可再点一次。",
      tooSlow: "定位太慢,已按「无位置」报到。走到开阔处可再点一次。",
    },
    offlineFirst: "连不上网,打不开工单。有信号后会自动再试;也可以在聊天里回「到了」加工单编号。",
    kept: (at: string) =>
      `没有信号,已记下您 ${at} 到了。有信号后自动补报,请不要关掉本页,或稍后再打开。`,
    notKept: "没有信号,手机也存不下来。请有信号时再点一次,或在聊天里回「到了」加工单编号。",
    refused: ({ detail }: Refusal) => detail,
  },
  {
    title: "Check in at a call",
    opening: "Opening…",
    place: "Place",
    report: "Be there",
    department: "For",
    headcount: "People here",
    fewer: "One fewer",
    more: "One more",
    photo: "Picture (optional)",
    photoTaken: "taken",
    photoUnreadable: "This picture cannot be read. Take another.",
    photoProblem: () => "Your arrival is noted; the picture could not be kept.",
    press: "I am here",
    locating: "Locating… press to go on without",
    sending: "Checking in…",
    hint: "Pressing uses your position, only to see if this is the place.",
    time: (month: number, day: number, clock: string) => `${day} ${MONTHS[month - 1]} ${clock}`,
    emergency: "🚨 Emergency",
    seeCause: "see the cause",
    emergencyBy: (at: string) => `Emergency: be there by ${at}`,
    asked: (dept: string, n: number) => `${dept} (asks for ${n})`,
    counted: (at: string) => `Checked in: ${at}`,
    late: ", late",
    onTime: ", on time",
    people: (n: number) => `, ${n} people`,
    off: (m: number) => `, ${m} m from the reporting place`,
    whenDone: (no: string) =>
      `. When done, answer in the chat: 「办结反馈 ${no}」 and what you did.`,
    claimed: (at: string, people: string, radiusM: number) =>
      `Your arrival${at === "" ? "" : ` at ${at}`} is noted${people}; the street has yet to confirm it. Pressed again within ${radiusM} m of the reporting place, it counts at once.`,
    expired: (no: string) =>
      `The link has expired. Answer 「到了 ${no}」 in the chat, and the street confirms it.`,
    released: "The district has agreed that you need not come.",
    over: "This call is over; there is no need to check in.",
    rough: (m: number) =>
      `The position is only good to ${m} m, too rough to count by itself. Press again in the open, or wait for the street.`,
    withoutPosition: {
      denied:
        "Checked in without a position: it was not allowed. Allow it in the settings and press again to make it count.",
      insecure:
        "Checked in without a position: this address is not https. The street has yet to confirm it.",
      unavailable:
        "Checked in without a position: the phone gave none. Switch it on and press again.",
      tooSlow: "Checked in without a position: it took too long. Press again in the open.",
    },
    offlineFirst:
      "No network, so the ticket cannot be opened. It tries again by itself; or answer 「到了」 and the number in the chat.",
    kept: (at: string) =>
      `No signal. That you came at ${at} is kept and sent by itself later: leave this page open, or open it again.`,
    notKept:
      "No signal, and the phone keeps nothing. Press again with signal, or answer 「到了」 and the number in the chat.",
    refused: ({ title }: Refusal) => `${title}. Answer 「到了」 in the chat instead.`,
  },
);

/** A problem as the API says it: the title in English, the detail in Chinese. */
export interface Refusal {
  title: string;
  detail: string;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
