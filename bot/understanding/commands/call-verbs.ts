import type { Role } from "../../../services/domain/actor.ts";
import { WORDS_FOR_WORK } from "../../../services/domain/lines-of-work.ts";
import { type CommandPart, command, namesCall, type Verb } from "./verb.ts";

const STREET: readonly Role[] = ["streetOfficer", "streetPrincipal"];
const RESPONDER: readonly Role[] = ["responder"];
const WORK = `(?:区|街道)?(?:${WORDS_FOR_WORK.join("|")})`;
const COUNT = "(?:\\d{1,3}(?:\\.\\d)?|[一二两三四五六七八九十半]{1,3})";
/** Who comes, before the verb: 「我们」, 「我局」, 「市监2人」. */
const US = `(?:我们?|我[局所队]|我单位|人(?:都|已)?|(?:${WORDS_FOR_WORK.join("|")})(?:局|所|大队|中队|分局|队)?)?(?:${COUNT}(?:个人|人|名|位))?`;
/** A blank, a stop, a number of ours or the end. */
const ENDS = "(?=[\\s:：,，。!~\\ue000-\\ue0ff]|$)";

/** The departments named before the verb: 「综合执法和市监」. */
const DEPTS = `(?:${WORK}(?:部门|分局|局|大队|支队|委)?[和与及、,，\\s]*)+`;

const withVerb = (part: CommandPart): string => `${part.said}${part.rest}`;

/**
 * The phrases about call tickets. Their arguments (departments, headcount, time, scores) stay in the
 * note as said; `bot/understanding/calls` reads them there.
 */
export const CALL_VERBS: readonly Verb[] = [
  {
    pattern: /^(?:发起|启动)紧?急?(?:街呼区应|镇呼县应|乡呼县应|呼叫(?!单|工单))/,
    takesNote: true,
    read: (part) =>
      command(part, "callDraft", {
        note: part.said.includes("急") ? `紧急!${part.rest}` : part.rest,
      }),
  },
  {
    pattern: /^(?:紧急呼叫|紧急街呼区应)(?=[\s:：,，!])/,
    takesNote: true,
    needs: STREET,
    read: (part) => command(part, "callDraft", { note: `紧急!${part.rest}` }),
  },
  {
    pattern: /^街呼区应(?=[\s:：,，](?!.{0,20}[?？]))/,
    takesNote: true,
    needs: STREET,
    read: (part) => command(part, "callDraft"),
  },
  {
    // From anybody else it is an emergency to be answered with the right number to ring.
    pattern: new RegExp(
      `^(?:突发|紧急)(?:事件|情况)?[!！:：,，\\s](?=.{0,300}(?:呼|(?:请|要|需要?|叫|通知|协调).{0,3}${WORK}))`,
    ),
    takesNote: true,
    needs: STREET,
    read: (part) => command(part, "callDraft", { note: withVerb(part) }),
  },
  {
    pattern: /^(?:重新|再次)?提交(?:签批|审批|呼叫单|呼叫工单)?(?=[\s\ue000-\ue0ff]|$)/,
    takesNote: true,
    needs: STREET,
    read: (part) => command(part, "submit"),
  },
  {
    pattern: /^(?:修改|更改|变更|调整)(?:一下|呼叫单|草稿)?(?=[\s:：,，\ue000-\ue0ff])/,
    takesNote: true,
    needs: STREET,
    read: (part) => command(part, "amend"),
  },
  {
    pattern: new RegExp(
      `^(?:(?:集合|集中|报到)?(?:时间|地点|部门|事由)(?:改为|改成|改到|改在|换成|换到|变更为|调整为|调整到|推迟到|提前到)|改(?:到|在)(?=.{0,3}[今明后晚下上\\d周])|(?:加上|再加上?|去掉|减去)(?=${WORK})|(?:把|将)(?=${WORK}.{0,4}(?:换成|换为|改为|改成|去掉)))`,
    ),
    takesNote: true,
    needs: STREET,
    read: (part) => command(part, "amend", { note: withVerb(part) }),
  },
  {
    pattern: new RegExp(`^${DEPTS}(?:去掉|删掉|撤掉|不要了?|不用(?:来|叫|去)?了?|不叫了?)${ENDS}`),
    takesNote: true,
    needs: "number",
    read: (part) =>
      namesCall(part)
        ? command(part, "amend", {
            note: `去掉${part.said.replace(/(?:去掉|删掉|撤掉|不要|不用|不叫).*$/, "")} ${part.rest}`.trim(),
          })
        : [],
  },
  {
    // Said of a ticket it may mean 「撤销」: too much to be done unasked.
    pattern: /^(?:不用?|不要|别|不再)(?:再)?(?:呼叫|叫|呼|发起)(?:他们|部门|了)*/,
    takesNote: true,
    needs: "number",
    read: (part) => (namesCall(part) ? command(part, "cancel", { doubt: "negated" }) : []),
  },
  {
    pattern: /^(?:撤销|撤回|取消)(?:街呼区应|呼叫单|呼叫工单|呼叫|草稿|这次呼叫|本次呼叫|$)/,
    takesNote: true,
    needs: STREET,
    read: (part) => command(part, "cancel"),
  },
  {
    pattern: /^(?:签批退回|签批不同意)/,
    takesNote: true,
    read: (part) => command(part, "rejectApproval", { approved: false }),
  },
  {
    // With a reason it sends the call back; without one it may as well mean 「not yet」.
    pattern:
      /^(?:这[单件个]|这份|此件|该单)?(?:我|街道)?(?:不(?:同意|予|能|愿|会|想|给)?|没法|无法|拒绝)(?:签批|补签|签字|批准|签(?!收|到|约|名))(?:同意|通过|退回)?了?/,
    takesNote: true,
    read: (part) =>
      part.rest === ""
        ? command(part, "approve", { doubt: "negated" })
        : command(part, "rejectApproval", { approved: false }),
  },
  {
    // Whose approval is refused: the street's signature or the district's consent, see `inOffice`.
    pattern: /^(?:我|我们|区里)?(?:不同意|不批准|不赞成)(?:不响应)?(?=[\s,，。:：\ue000-\ue0ff]|$)/,
    takesNote: true,
    needs: "number",
    read: (part) => {
      if (!namesCall(part)) return [];
      return part.said.endsWith("不响应")
        ? command(part, "release", { doubt: "negated" })
        : command(part, "release", { approved: false });
    },
  },
  {
    pattern: /^(?:补签同意|补签)(?=[\s,，。\ue000-\ue0ff]|$)/,
    takesNote: true,
    read: (part) => command(part, "approve", { approved: true }),
  },
  {
    pattern: /^(?:签批同意|同意签批|签批通过|签批)/,
    takesNote: true,
    read: (part) => command(part, "approve", { approved: true }),
  },
  {
    pattern: /^(?:同意|批准)(?:呼叫|发起)?(?= ?[\ue000-\ue0ff])/,
    takesNote: true,
    needs: "number",
    read: (part) => (namesCall(part) ? command(part, "approve", { approved: true }) : []),
  },
  {
    // Behind the number; alone it is no signature, since a signature names its call.
    pattern: /^(?:我|街道)?(?:同意|批准|可以|准了|通过)(?:签批|呼叫|发起)?(?=[\s,，。!！~]*$)/,
    takesNote: true,
    needs: "number",
    read: (part) => (namesCall(part) ? command(part, "approve", { approved: true }) : []),
  },
  {
    pattern: /^研判(?:意见)?[:： ]?(?:退回|不通过|不同意|不予受理)/,
    takesNote: true,
    read: (part) => command(part, "assess", { approved: false }),
  },
  {
    pattern: /^研判(?:通过|同意)?(?=[\s:：,，\ue000-\ue0ff]|$)/,
    takesNote: true,
    needs: ["districtDispatcher"],
    read: (part) => {
      const returned = /^(?:意见)?[:： ]*(?:退回|不通过|不同意|不予受理)[\s:：,，]*/.exec(
        part.rest,
      );
      if (returned !== null)
        return command(part, "assess", {
          approved: false,
          note: part.rest.slice(returned[0].length),
        });
      const note = part.rest.replace(/^(?:通过|同意)[\s:：,，]*/, "");
      return command(part, "assess", { approved: true, note });
    },
  },
  {
    pattern: /^派遣(?!工|制|员|公司)/,
    takesNote: true,
    read: (part) => command(part, "dispatch"),
  },
  {
    pattern: /^(?:同意|批准)(?:[^\s\ue000-\ue0ff]{2,10})?不响应/,
    takesNote: true,
    read: (part) => {
      const named = part.said.replace(/^(?:同意|批准)|不响应$/g, "");
      return command(part, "release", { approved: true, note: `${named} ${part.rest}`.trim() });
    },
  },
  {
    pattern: new RegExp(`^${US}(?:不响应|无法响应|不能响应|不予响应|响应不了)(?!.{0,3}[吗?？])`),
    takesNote: true,
    needs: RESPONDER,
    read: (part) => command(part, "decline", { note: `${ours(part.said)} ${part.rest}`.trim() }),
  },
  {
    pattern:
      /^[^\n\ue000-\ue0ff]{2,80}?[,，。 ]?(?:我[局所队]|我单位|我分局|我们?|本单位|本局)(?:不|无法|不能|不予)响应(?!.{0,3}[吗?？])/,
    takesNote: true,
    needs: RESPONDER,
    read: (part) => command(part, "decline", { note: withVerb(part) }),
  },
  {
    pattern: new RegExp(
      `^${DEPTS}(?:(?:两|三|四|\\d)家|全部|全)?(?:都|均)?(?:已经|已)?(?:到了(?:现场)?|到场了?|到齐了?|到位了?|到现场了?)${ENDS}`,
    ),
    takesNote: true,
    needs: STREET,
    read: (part) => command(part, "confirmArrival", { note: whoCame(part.said, part.rest) }),
  },
  {
    pattern: /^确认(?:已)?(?:到场|到达|报到)/,
    takesNote: true,
    read: (part) => command(part, "confirmArrival"),
  },
  {
    pattern:
      /^(?:(?:好的?|OK|ok)[,， ]?)?(?:收到|响应|确认响应|已响应|同意响应)(?=[\s:：,，。!~\ue000-\ue0ff\d一两二三四五六七八九十]|$)/,
    takesNote: true,
    needs: RESPONDER,
    read: (part) => command(part, "respond"),
  },
  {
    pattern: new RegExp(
      `^(?:(?:好的?|行|可以|没问题|明白|收到|OK|ok)[,，。 ]?)(?=(?:我们?|我[局所队]|我单位|马上|今天|这就)*(?:派|安排|去|来|出)(?:出|了)?${COUNT}(?:个人|个|人|名|位))`,
    ),
    takesNote: true,
    needs: RESPONDER,
    read: (part) => command(part, "respond"),
  },
  {
    pattern:
      /^(?:这[个件单事]|这种事|此事|这个事)(?:情)?(?:不归|不属于?|不是)(?:我们?|我[局所队]|我单位|本单位|本局)(?:单位)?(?:管|职责|的?(?:职责|事|范围))?/,
    takesNote: true,
    needs: RESPONDER,
    read: (part) => command(part, "decline", { note: `${withVerb(part)}` }),
  },
  {
    pattern: new RegExp(
      `^${US}(?:已经|已|都|刚)?(?:到了(?:现场)?|到现场了?|到场了?|到达(?:现场)?|抵达(?:现场)?|到位了?|报到)(?=[\\s:：,，。!~\\ue000-\\ue0ff\\d一两二三四五六七八九十]|$)`,
    ),
    takesNote: true,
    needs: RESPONDER,
    read: (part) => command(part, "checkIn", { note: `${ours(part.said)} ${part.rest}`.trim() }),
  },
  {
    pattern: new RegExp(
      `^(?:(?:我们?|路上|在路上|前面|现在|目前|有点|大概|可能|预计|估计)[ ,，]?){0,3}(?:堵车|塞车|堵住了?|堵|晚到|要晚|会晚|晚(?!上|间|饭|点)|迟到|推迟)[^\\n]{0,16}?${COUNT} ?(?:个半|个|来|多)?(?:分钟?|刻钟|小时|钟头)`,
    ),
    takesNote: true,
    needs: RESPONDER,
    read: (part) => command(part, "eta", { note: withVerb(part) }),
  },
  {
    pattern: /^现场(?:协同)?(?:记录|情况)?(?=[:：]| ?[\ue000-\ue0ff])/,
    takesNote: true,
    needs: "call",
    read: (part) => command(part, "siteLog"),
  },
  {
    // What the street writes down on site names who came and who did not (domain.md C14).
    pattern: new RegExp(
      `^现场(?:协同)?(?:记录|情况)?[:：](?=.{0,40}${WORK}.{0,8}(?:到|在场|缺席|来))`,
    ),
    takesNote: true,
    needs: STREET,
    read: (part) => command(part, "siteLog"),
  },
  {
    pattern: /^(?:(?:已经?|刚)?上?报[到给送]?了?区(?:平台|里|中心)了?|(?:区平台)?回执)/,
    takesNote: true,
    needs: "number",
    read: (part) => (namesCall(part) ? command(part, "acknowledgeUpward") : []),
  },
  {
    pattern: /^(?:已经?)?回访(?:了|过)?(?:一下)?(?=[\s:：,，\ue000-\ue0ff])/,
    takesNote: true,
    needs: ["followUpAgent"],
    read: (part) => command(part, "followUp"),
  },
  {
    pattern: /^认定(?=[\s:：\ue000-\ue0ff]|.{0,24}(?:响应|不作为|到场|迟到|缺席|敷衍))/,
    takesNote: true,
    read: (part) => command(part, "findFault"),
  },
  {
    pattern: new RegExp(
      `^${DEPTS}(?:这次|本次)?(?:的)?(?:行为|情况|问题)?(?:认定为?|定为|判为|算作?|属于?|构成)(?=.{0,8}(?:响应|不作为|到场|迟到|缺席|敷衍|推诿))`,
    ),
    takesNote: true,
    needs: ["supervisor"],
    read: (part) => command(part, "findFault", { note: withVerb(part) }),
  },
  {
    pattern: new RegExp(`^(?:列入|发|予以)?通报(?:批评)?${ENDS}`),
    takesNote: true,
    needs: ["supervisor"],
    read: (part) => command(part, "circular"),
  },
  {
    pattern: new RegExp(`^申诉${ENDS}`),
    takesNote: true,
    needs: RESPONDER,
    read: (part) => command(part, "appeal"),
  },
  {
    pattern: /^(?:考核)?评价(?=[\s:：,，\ue000-\ue0ff])/,
    takesNote: true,
    needs: STREET,
    read: (part) => command(part, "evaluate"),
  },
  {
    pattern:
      /^(?:导出|打印|查看|下载|生成|看看?)? ?(?:街呼区应)?(?:呼叫单|呼叫工单)(?=[\s:：\ue000-\ue0ff]|$)/,
    takesNote: true,
    opensOnly: true,
    needs: "number",
    read: (part) => command(part, "callForm"),
  },
];

/** 「综合执法和市监都到了」: the names, without 都. */
const whoCame = (said: string, rest: string): string =>
  `${said.replace(/(?:(?:两|三|四|\d)家|全部|全)?(?:都|均)?(?:已经|已)?到.*$/, "")} ${rest}`.trim();

/** The department and the people named before the verb: 「市监2人」 of 「市监2人到了」. */
const ours = (said: string): string =>
  said.replace(
    /^(?:我们?|我[局所队]|我单位|人(?:都|已)?)|(?:已经|已|都|刚)?(?:到了|到现场|到场|到达|抵达|到位|报到|不响应|无法响应|不能响应|不予响应|响应不了).*$/g,
    "",
  );
