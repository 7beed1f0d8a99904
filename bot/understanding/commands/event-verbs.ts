import { ROLES } from "../../../services/domain/actor.ts";
import { type Platform, platformNamed } from "../../../services/domain/platform.ts";
import type { SupervisionGrade } from "../../../services/domain/supervision.ts";
import { readLevel, readOrgs, readSupports, readWorkdays } from "./arguments.ts";
import { type CommandPart, command, namesCall, type Verb } from "./verb.ts";

/** 「受理 SJ… 三级」 accepts and judges; 「受理 SJ… 三级医院门口」 only accepts. */
function acceptAtLevel(part: CommandPart) {
  const said = /^[一二三四1-4] ?级(?=$|[\s,，;；])[\s,，;；]*/.exec(part.rest)?.[0];
  const level = said === undefined ? null : (readLevel(said)?.level ?? null);
  if (said === undefined || level === null) return command(part, "accept");
  const note = part.rest.slice(said.length);
  return [
    ...command(part, "accept", { note }),
    ...command(part, "setLevel", { level, platform: platformNamed(note), note: "" }),
  ];
}

const gradeOf = (said: string): SupervisionGrade =>
  said.startsWith("红") ? "red" : said.startsWith("黄") ? "yellow" : "normal";

/** The phrases about events, the longer before the shorter that begins alike. */
export const EVENT_VERBS: readonly Verb[] = [
  {
    pattern: /^(?:不予|不)受理/,
    takesNote: true,
    read: (part) =>
      namesCall(part) ? command(part, "assess", { approved: false }) : command(part, "reject"),
  },
  {
    pattern: /^(?:受理|予以受理|同意受理)(?!台|员|了吗|了没|单|号|中|范围|条件|的)/,
    read: (part) =>
      namesCall(part) ? command(part, "assess", { approved: true }) : acceptAtLevel(part),
  },
  {
    pattern: /^(?:判定?|定|改判|改|调整?|评)(?:级)?(?:为|成|到)? ?[:：]?(?=[一二三四1-4] ?级)/,
    mayFollow: true,
    read: (part) => {
      const named = readLevel(part.rest);
      return command(part, "setLevel", {
        level: named?.level ?? null,
        platform: platformNamed(part.rest),
        note: named?.rest ?? part.rest,
      });
    },
  },
  {
    pattern: /^(?:判级|判)(?![断决罚])/,
    read: (part) => {
      const named = readLevel(part.rest);
      return command(part, "setLevel", {
        level: named?.level ?? null,
        platform: platformNamed(part.rest),
        note: named?.rest ?? part.rest,
      });
    },
  },
  {
    pattern: /^(?:转|归|划|移交|归到|划到|归入)(?:给|到|至|入)?(?=[^\s,，。]{2,8}(?:平台|条线))/,
    mayFollow: true,
    read: (part) => {
      const [word = "", ...others] = part.rest.split(/(?<=平台|条线)|[\s,，]+/);
      return command(part, "setLevel", {
        platform: platformNamed(word),
        note: others.join(" ").trim(),
      });
    },
  },
  {
    pattern:
      /^(?:转|归)(?:给|到)?(?=(?:综治工作|综治|市场监管|综合执法|便民服务|平安法治|经济生态|公共服务)(?:[\s,，。]|$))/,
    mayFollow: true,
    read: (part) => {
      const platform: Platform | null = platformNamed(part.rest);
      return command(part, "setLevel", { platform, note: "" });
    },
  },
  {
    pattern: /^(?:交办|分派|派单)(?=[\s,。!]*$|\s*[\ue000-\ue0ff]\s*$)/,
    mayFollow: true,
    needs: "number",
    read: (part) => (namesCall(part) ? command(part, "dispatch") : command(part, "assign")),
  },
  {
    pattern:
      /^(?:交办|分派|派单|改派|交由|转派|转办|指派|派给|派|转给|主办)(?=[:：给到至由 \ue000-\ue0ff]|[一-龥]{2,})(?!遣|出所|人来|车)/,
    mayFollow: true,
    read: (part) => {
      if (namesCall(part)) return command(part, "dispatch");
      const { note, ...named } = readOrgs(part.rest);
      return command(part, "assign", { ...named, note });
    },
  },
  {
    pattern: /^协办(?=[:：]?[一-龥]{2,})/,
    mayFollow: true,
    read: (part) => command(part, "assign", readSupports(part.rest)),
  },
  {
    pattern:
      /^(?:提级|上报)(?:四级|区里|区中心|区县|上级|区平台|12345)?(?=[\s:：,，\ue000-\ue0ff]|$)/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, "escalate"),
  },
  {
    pattern: /^(?:督办|催办|批示)?答复(?=[\s:：\ue000-\ue0ff])/,
    takesNote: true,
    // Without a number it answers the one demand that is open.
    needs: ROLES,
    read: (part) =>
      command(part, part.numbers.length === 0 || namesCall(part) ? "answer" : "progress"),
  },
  {
    pattern: /^(?:黄牌|红牌|挂牌)?督办(?!员|单|函)/,
    takesNote: true,
    read: (part) => command(part, "supervise", { grade: gradeOf(part.said) }),
  },
  { pattern: /^(?:领导批示|批示)/, takesNote: true, read: (part) => command(part, "instruct") },
  {
    pattern: /^(?:催办|催一下|催)(?=[\s\ue000-\ue0ff]|$)/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, "urge"),
  },
  {
    pattern: /^(?:签收)(?!了吗|了没|快递|人)/,
    takesNote: true,
    read: (part) => command(part, "sign"),
  },
  {
    pattern: /^办结(?:反馈)?(?!率|了吗|了没|件)/,
    takesNote: true,
    read: (part) => command(part, "complete"),
  },
  {
    pattern: /^(?:进展|办理进展|进度反馈|处置进展)(?=[\s:：\ue000-\ue0ff])/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, "progress"),
  },
  {
    pattern: /^(?:退单|退回|回退)/,
    takesNote: true,
    read: (part) => command(part, namesCall(part) ? "rejectApproval" : "return"),
  },
  {
    pattern: /^(?:不同意|不批准|不准|不予|驳回|拒绝)(?:延期|延时)(?:申请)?/,
    takesNote: true,
    read: (part) => command(part, "decideDelay", { approved: false }),
  },
  {
    pattern: /^(?:同意|批准|准予|准许|核准)(?:延期|延时)(?:申请)?/,
    takesNote: true,
    read: (part) => command(part, "decideDelay", { approved: true }),
  },
  {
    pattern:
      /^(?:这[件单个](?:事|工单)?)?(?:申请|请求|要求|要|需要?|想|得)*延期(?:办理|申请)?(?!交房|交付|的)/,
    takesNote: true,
    read: (part) => {
      const asked = readWorkdays(part.rest);
      return command(part, "delay", {
        workdays: asked?.workdays ?? null,
        note: asked?.rest ?? part.rest,
      });
    },
  },
  {
    pattern: /^(?:验收|核验)?(?:不|未|没)(?:通过|合格)/,
    takesNote: true,
    read: (part) => command(part, "reopen"),
  },
  {
    pattern: /^(?:验收|核验)(?:通过|合格|同意)/,
    takesNote: true,
    read: (part) => command(part, "verify", { approved: true }),
  },
  {
    pattern: /^(?:验收|核验)(?=[\s:：\ue000-\ue0ff])/,
    takesNote: true,
    needs: "number",
    read: (part) => {
      const refused = /^(?:不|未|没)(?:通过|合格)[\s,，:：]*/.exec(part.rest);
      if (refused !== null)
        return command(part, "reopen", { note: part.rest.slice(refused[0].length) });
      const note = part.rest.replace(/^(?:通过|合格)[\s,，:：]*/, "");
      return command(part, "verify", { approved: true, note });
    },
  },
  {
    pattern: /^通过(?=[\s\ue000-\ue0ff])/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, "verify", { approved: true }),
  },
  {
    pattern: /^(?:重办|返工|重新办理|发回重办)/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, "reopen"),
  },
  { pattern: /^归档/, takesNote: true, read: (part) => command(part, "archive") },
  { pattern: /^(?:同意)?结案/, takesNote: true, read: (part) => command(part, "close") },
  {
    pattern: /^(?:撤回|撤销|撤单|取消)(?=[\s:：\ue000-\ue0ff]|这件|事件)/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, namesCall(part) ? "cancel" : "withdraw"),
  },
  {
    pattern: /^(?:并入|合并到|合并至|合并进|合并|并到)/,
    needs: "number",
    read: (part) => {
      const [from = null, into = null] = part.numbers;
      return command({ ...part, numbers: from === null ? [] : [from] }, "merge", {
        otherNo: into,
        note: part.rest.replace(/^(?:到|至|进|和|与|入)+$/, ""),
      });
    },
  },
  {
    pattern: /^(?:拆分|分拆|拆开)(?=[\s:：\ue000-\ue0ff])/,
    needs: "number",
    read: (part) => command(part, "separate"),
  },
  { pattern: /^会商结论/, takesNote: true, read: (part) => command(part, "concludeConsultation") },
  {
    pattern: /^(?:生成|起草)?专报(?:稿|草稿|初稿)(?=[\s:：\ue000-\ue0ff]|$)/,
    needs: "number",
    read: (part) => command(part, "specialReportDraft"),
  },
  {
    pattern: /^(?:提交|报送)?专报(?=[\s:：,，\ue000-\ue0ff]|$)/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, "specialReport"),
  },
  {
    pattern: /^(?:提请会商|提交会商|转会商|会商研判|会商)(?=[\s:：,，\ue000-\ue0ff]|$)/,
    takesNote: true,
    read: (part) => command(part, "consult"),
  },
  {
    pattern: /^(?:更正|改为|改成)(?=[\s:：\ue000-\ue0ff])/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, namesCall(part) ? "amend" : "correct"),
  },
  {
    pattern: /^补充(?=[\s:：\ue000-\ue0ff])/,
    takesNote: true,
    needs: "number",
    read: (part) => command(part, "supplement"),
  },
  {
    pattern:
      /^(?:流程|痕迹|经过|全流程|办理流程|处理流程|处理过程)(?=[\s:：,，。?!\ue000-\ue0ff]|$)/,
    needs: "number",
    read: (part) => command(part, "history"),
  },
  {
    pattern: /^(?:看|查看|查询|查)(?:一下|下|看)?(?=[\s:：\ue000-\ue0ff])/,
    needs: "number",
    read: (part) => command(part, /流程|痕迹|经过|过程/.test(part.rest) ? "history" : "status"),
  },
  {
    pattern:
      /^(?:的)?(?:办到哪|到哪|走到哪|办得怎么样|怎么样|咋样|啥情况|什么情况|什么进度|什么状态|进度|状态|办好|处理好)[^\s]{0,4}(?:[?？]|$)/,
    needs: "number",
    read: (part) => command(part, "status", { note: "" }),
  },
];
