import { wordsIn } from "../../look/language.ts";

export const words = wordsIn(
  {
    title: (n: number) => `告警待确认 ${n}`,
    placeHidden: "地点只有网格和指挥室可查",
    placeUnknown: "只有坐标",
    times: (n: number) => `共 ${n} 次`,
    picture: "现场图片",
    confirm: "确认",
    into: (no: string) => `并入 ${no}`,
    falseAlarm: "误报",
    reason: "误报原因",
    send: "记为误报",
    cancel: "取消",
    confirmed: (no: string, event: string) => `${no} 已确认,事件 ${event}`,
    called: (no: string) => `${no} 已记为误报`,
  },
  {
    title: (n: number) => `${n} ${n === 1 ? "alarm" : "alarms"} to confirm`,
    placeHidden: "the place is for the grid and the command room",
    placeUnknown: "coordinates only",
    times: (n: number) => `${n} times`,
    picture: "Picture of the scene",
    confirm: "Confirm",
    into: (no: string) => `Count to ${no}`,
    falseAlarm: "False alarm",
    reason: "Why it is none",
    send: "It is false",
    cancel: "Cancel",
    confirmed: (no: string, event: string) => `${no} is confirmed: event ${event}`,
    called: (no: string) => `${no} is noted as false`,
  },
);
