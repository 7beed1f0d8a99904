import type { EventSource } from "./event.ts";

export const EVENT_SOURCE_NAMES: Record<EventSource, string> = {
  groupMessage: "群消息",
  privateMessage: "私聊",
  publicTip: "公众爆料",
  snapshot: "随手拍",
  patrol: "巡查",
  hotline12345: "12345热线",
  hotline8890: "8890热线",
  petition: "信访",
  mediation: "调解",
  videoAlarm: "视频告警",
  electricAlarm: "用电告警",
  app: "应用",
  transfer: "移送",
  import: "导入",
};
