import { command, type Verb } from "./verb.ts";

/**
 * The phrases about call tickets. Their arguments (departments, headcount, time, scores) stay in the
 * note as said; whoever handles calls reads them there.
 */
export const CALL_VERBS: readonly Verb[] = [
  {
    pattern: /^(?:发起|启动)(?:街呼区应|镇呼县应|乡呼县应|呼叫)/,
    takesNote: true,
    read: (part) => command(part, "callDraft"),
  },
  {
    pattern: /^突发(?:事件|情况)?[!！:：,，\s](?=.{0,300}呼)/,
    takesNote: true,
    read: (part) => command(part, "callDraft", { note: `${part.said}${part.rest}` }),
  },
  {
    pattern: /^(?:不同意签批|签批退回|不予签批)/,
    takesNote: true,
    read: (part) => command(part, "rejectApproval", { approved: false }),
  },
  {
    pattern: /^(?:补签|补签同意)(?=[\s\ue000-\ue0ff])/,
    takesNote: true,
    read: (part) => command(part, "approve", { approved: true }),
  },
  {
    pattern: /^(?:签批同意|同意签批|签批)/,
    takesNote: true,
    read: (part) => command(part, "approve", { approved: true }),
  },
  {
    pattern: /^研判(?:退回|不通过|不同意)/,
    takesNote: true,
    read: (part) => command(part, "assess", { approved: false }),
  },
  {
    pattern: /^研判(?:通过|同意)?(?=[\s\ue000-\ue0ff])/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, "assess", { approved: true }),
  },
  { pattern: /^派遣/, takesNote: true, read: (part) => command(part, "dispatch") },
  {
    pattern: /^同意不响应/,
    takesNote: true,
    read: (part) => command(part, "release", { approved: true }),
  },
  {
    pattern: /^(?:不响应|无法响应|不能响应)/,
    takesNote: true,
    needs: "call",
    read: (part) => command(part, "decline"),
  },
  { pattern: /^确认(?:已)?到场/, takesNote: true, read: (part) => command(part, "confirmArrival") },
  {
    pattern: /^(?:收到|响应|确认响应|已响应)(?=[\s:：,，。!\ue000-\ue0ff\d]|$)/,
    takesNote: true,
    needs: "call",
    read: (part) => command(part, "respond"),
  },
  {
    pattern:
      /^(?:我们?)?(?:已经|已)?(?:到了|到场了?|到达(?:现场)?|报到)(?=[\s:：,，。!\ue000-\ue0ff]|$)/,
    takesNote: true,
    needs: "call",
    read: (part) => command(part, "checkIn"),
  },
  {
    pattern: /^(?:路上)?(?:堵车|塞车|晚到|要晚|晚|迟到)[^\n]{0,12}?\d{1,3} ?分钟/,
    takesNote: true,
    needs: "call",
    read: (part) => command(part, "eta", { note: `${part.said}${part.rest}` }),
  },
  {
    pattern: /^回访(?=[\s\ue000-\ue0ff])/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, "followUp"),
  },
  {
    pattern: /^认定(?=[\s\ue000-\ue0ff])/,
    takesNote: true,
    read: (part) => command(part, "findFault"),
  },
  {
    pattern: /^通报(?=[\s\ue000-\ue0ff]|$)/,
    takesNote: true,
    needs: "call",
    read: (part) => command(part, "circular"),
  },
  {
    pattern: /^评价(?=[\s\ue000-\ue0ff])/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, "evaluate"),
  },
];
