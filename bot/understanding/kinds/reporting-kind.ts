import type { MessageKind } from "../../../services/domain/understanding.ts";

export type ReportingKind = Extract<
  MessageKind,
  "report" | "consult" | "help" | "suggestion" | "complaint"
>;

const CONSULT =
  /咨询|请问|想问|问一下|问下|问个|如何(?:办理|申请|申报|查询|补办|缴)|怎么(?:办理|申请|申报|查询|补|交|缴|弄|领|报|走|开|联系)|怎样(?:办理|申请)|(?:要|需要|带)(?:啥|什么|哪些|那些)(?:材料|资料|手续|证件|条件)|去(?:哪|哪里|哪儿)(?:里)?(?:补|办|开|领|交|报)|在?(?:哪|哪里|哪儿)(?:里)?(?:可以)?(?:补办?|办理?|开|领|交)|是否(?:可以|能|有|属于|需要|合理|合法|会|符合)|什么时候(?:能|可以|开始|交|拆|建|动工|通车|完工|开通|修|实施|开工|启动|到位|才)|何时|啥时候|几时|能不能(?:办|领|报|申请|买|落)|可不可以|能否(?:办|领|享|申请|买|落|报)|多久|多少钱|真的假的|有没有(?:规定|政策|补贴)|政策|归谁|合法吗|合理吗|吗\??$|呢\??$|么\?$|\?$/;
const SUGGEST =
  /建议|希望(?!.{0,20}(?:处理|解决|查处|整治|严惩|帮|尽快|回复|给个))|倡议|能否(?:增|加|建|设|开|改|把|在)|能不能(?:增|加|建|设|装|多|改|把|在|弄个|搞个|办个)|给(?:规划|建|修|弄|装|设)一?个吧|应该(?:增|加|建|设|装|多|改)|呼吁|盼望|提议|最好(?:能|是|在)|可否(?:增|加|建|设)|望(?:增|加|建)/;
const COMPLAIN =
  /投诉|举报|控诉|控告|状告|检举|谴责|强烈不满|气愤|无良|黑心|不作为|乱收费|乱作为|强制|欺诈|欺骗|忽悠|违规|推诿|踢皮球|态度|霸王|坑|骗|太差|太慢|拖延|拖欠|虚假|不合理|贪|好处|敷衍|何在|凭什么|没人性|不给|拒绝|拒不/;
const HELP =
  /求助|请求|帮帮|帮忙|帮助|救助|求救|恳请|跪求|求(?:解决|帮|政府|领导|助|救)|怎么办|咋办|无家可归|走投无路|诉求|请.{0,10}(?:帮|解决)|想(?:请|麻烦)|望.{0,6}解决|解决.{0,6}(?:困难|生活)|困难/;

/** Disputes with somebody who provides, teaches, builds or governs: people complain about those. */
const ABOUT_SOMEBODY =
  /^(?:complaint|market\.(?:consumer|prepaid)|housing\.delivery|dispute\.property|service\.education|service\.medical|service\.socialInsurance|traffic\.transit|village)/;
/** Who tells of land asks for what is theirs. */
const OWED_TO_ME = /^dispute\.land$/;
const COMPLAIN_OF = /投诉|举报|控告|违反|违法|违规|强制|弄虚作假|不公/;
const OF_THINGS =
  /^(?:env|street|facility|green|ad|build|safety|animal|security|petition|market\.(?:unlicensed|foodSafety|farmMarket))/;
/** Defects of a building or a place, though somebody is answerable for them. */
const DEFECT =
  /漏水|渗水|裂缝|开裂|脱落|停工|停车|归属|车库|堵|坏|安全隐患|超载|卫生|合理|教育问题|划分|入学|出行|用水/;

/** 「请加快…建设」, 「请求修通…」: something that is not there yet is wished for. */
const ASKS_TO_BUILD =
  /^(?:强烈)?(?:请求?|恳请|希望|望|呼吁|盼|建议|能否|能不能)[^,。]{0,16}(?:加快|加大|加强|加速|修通|增设|增加|新建|修建|建设|开通|设立|安装监控|打造|推进|提高|完善|列入|取消)/;

/** Somebody shall come between: asked as a question, and no question. */
const WANTS_PEACE = /调解|评评理|劝劝|帮帮|管管/;

/** 「怎么投诉物业?」 asks for the way, and complains of nothing yet. */
const ASKS_WHERE_TO_COMPLAIN =
  /^(?:请问|我想问|想问|问一?下)?[\s,]*(?:怎么|怎样|如何|去?哪里?|去?哪儿|找谁|向谁)(?:去|能|可以|才能)*(?:投诉|举报|反映)[^,。!]{0,14}$/;

/** Which of the five kinds a message is that has something to say; the opening says most. */
export function reportingKind(text: string, category: string): ReportingKind {
  const opening = text.slice(0, 60);
  if (ASKS_WHERE_TO_COMPLAIN.test(opening)) return "consult";
  if (category === "complaint.conduct") return "complaint";
  if (
    category === "security.fraud" &&
    /是真的吗|真的假的|真的吗|是不是骗|骗子吗|怎么办|要不要/.test(opening)
  )
    return "consult";
  if (
    category === "service.utility" &&
    /停(?:水|电|气)|没(?:有)?(?:水|电|气)|爆管|漏水/.test(opening) &&
    !/投诉|通知|什么时候停|几点停/.test(opening)
  )
    return "report";
  if (/^(?:关于)?[^,。]{0,4}(?:咨询|请问)|(?:的咨询|的疑问)[。?]?/.test(opening)) return "consult";
  if (
    /建议|^(?:关于)?[^,。]{0,3}(?:希望|呼吁)/.test(opening) &&
    SUGGEST.test(opening) &&
    !/投诉|举报/.test(opening)
  )
    return "suggestion";
  if (WANTS_PEACE.test(opening) && /^dispute\.(?:family|neighbor)/.test(category)) return "help";
  if (ASKS_TO_BUILD.test(opening) && !OF_THINGS.test(category)) return "suggestion";
  if (/投诉|举报|控诉|状告/.test(opening)) return OF_THINGS.test(category) ? "report" : "complaint";
  if (CONSULT.test(opening) && !OF_THINGS.test(category))
    return /为什么|凭什么|为何/.test(opening) && COMPLAIN.test(opening) ? "complaint" : "consult";
  if (SUGGEST.test(opening) && !OF_THINGS.test(category)) return "suggestion";
  if (HELP.test(opening) && !OF_THINGS.test(category)) return "help";
  if (CONSULT.test(opening) && /(?:咨询|请问|想问|什么材料|怎么办理|去哪)/.test(opening))
    return "consult";
  if (ABOUT_SOMEBODY.test(category))
    return DEFECT.test(opening) && !COMPLAIN.test(opening) ? "report" : "complaint";
  if (OWED_TO_ME.test(category)) return COMPLAIN_OF.test(opening) ? "complaint" : "help";
  return "report";
}
