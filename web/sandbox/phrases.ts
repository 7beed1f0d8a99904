import type { EventStory } from "./api.ts";
import { lastPart } from "./short-names.ts";
import type { Speaker } from "./speakers.ts";

export interface Phrase {
  label: string;
  text: string;
}

export interface PhraseContext {
  /** a place people of this grid would name */
  place: string;
  /** the event one is talking about */
  eventNo: string | null;
  story: EventStory | null;
  /** the call ticket last spoken of */
  ticketNo: string | null;
}

const phrase = (text: string, label = text): Phrase => ({ label, text });

/** What this speaker would say here; phrases about an event or a ticket come only where there is one. */
export function phrasesFor(speaker: Speaker, context: PhraseContext): Phrase[] {
  const roles = speaker.person?.roles ?? [];
  const has = (...wanted: string[]) => wanted.some((role) => roles.includes(role));
  const said = [
    ...(speaker.person === null ? residentPhrases(context) : []),
    ...(has("gridWorker", "gridLeader", "gridMentor") ? gridPhrases(context) : []),
    ...(has("dispatcher") ? dispatcherPhrases(context) : []),
    ...(has("stationOfficer", "responder") ? handlerPhrases(context) : []),
    ...(has("streetOfficer") ? streetPhrases(context) : []),
    ...aboutTickets(has, context.ticketNo),
    ...(speaker.person === null ? [] : [phrase("我的待办")]),
    phrase("帮助"),
  ];
  return said.filter((one, at) => said.findIndex((other) => other.text === one.text) === at);
}

const residentPhrases = ({ place }: PhraseContext): Phrase[] => [
  phrase(`${place}3幢楼下的路灯不亮了,晚上看不见路`, "报:路灯不亮"),
  phrase(`${place}门口的垃圾好几天没人清,臭得很`, "报:垃圾没人清"),
  phrase(`${place}南门的井盖松了,电瓶车差点摔倒`, "报:井盖松动"),
  phrase("我家也是"),
  phrase("前面报的事咋样了"),
  phrase("修好了 五星"),
  phrase("根本没修"),
  phrase("隐私"),
];

const gridPhrases = ({ place, eventNo }: PhraseContext): Phrase[] => [
  ...aboutEvent(eventNo, (no) => [
    phrase(`验收通过 ${no}`, "验收通过"),
    phrase(`不通过 ${no} 现场没有处理干净`, "验收不通过"),
  ]),
  phrase(`报:${place}东侧围墙边有人偷倒装修垃圾`, "报:偷倒垃圾"),
  phrase(`${place}2幢楼道小广告已清掉`, "已自行处置"),
  phrase("上午巡查,走访独居老人6户、出租房4户,一切正常", "巡查日志"),
];

const dispatcherPhrases = ({ eventNo, story }: PhraseContext): Phrase[] =>
  aboutEvent(eventNo, (no) => [
    phrase(`受理 ${no}`, "受理"),
    phrase(`${no} 判三级 转综合执法平台`, "判三级"),
    phrase(`交办 ${no} 给${lastPart(story?.suggestedOrg?.name ?? "环卫所")}`, "交办"),
    phrase(`督办 ${no}`, "督办"),
    phrase(`上报 ${no}`, "上报区里"),
    phrase(`不予受理 ${no} 不属于本街道事项`, "不予受理"),
    phrase(`查 ${no}`, "查办理情况"),
  ]);

const handlerPhrases = ({ eventNo }: PhraseContext): Phrase[] =>
  aboutEvent(eventNo, (no) => [
    phrase(`签收 ${no}`, "签收"),
    phrase(`办结 ${no} 已到现场处理完毕`, "办结"),
    phrase(`申请延期 ${no} 5个工作日 配件缺货`, "申请延期"),
    phrase(`退单 ${no} 不在本所职责范围`, "退单"),
  ]);

const streetPhrases = ({ place }: PhraseContext): Phrase[] => [
  phrase(
    `发起街呼区应 ${place}周边夜市占道经营、油烟扰民,请综合执法、市场监管明天19:30到${place}门口集合`,
    "发起街呼区应",
  ),
  phrase(`突发!${place}沿街店铺冒烟 呼应急 消防`, "突发呼叫"),
];

function aboutTickets(has: (...roles: string[]) => boolean, no: string | null): Phrase[] {
  if (no === null) return [];
  return [
    ...(has("streetPrincipal")
      ? [phrase(`签批同意 ${no}`, "签批同意"), phrase(`退回 ${no} 事由不清,请补充`, "退回")]
      : []),
    ...(has("districtDispatcher")
      ? [phrase(`派遣 ${no} 综合执法2人 市场监管2人 明天19:40 现场`, "派遣")]
      : []),
    ...(has("responder")
      ? [
          phrase("收到 2人准时到"),
          phrase("到了"),
          phrase("堵车晚20分钟"),
          phrase(`办结反馈 ${no} 已清理占道摊位`, "办结反馈"),
        ]
      : []),
    ...(has("streetOfficer")
      ? [phrase(`结案 ${no} 问题已解决 综合执法95 市场监管90`, "结案评分")]
      : []),
    ...(has("supervisor") ? [phrase(`认定 ${no} 市场监管 迟响应`, "认定迟响应")] : []),
    ...(has("followUpAgent") ? [phrase(`回访 ${no} 群众反映已解决 满意`, "回访")] : []),
    phrase(`流程 ${no}`, "看流程"),
  ];
}

const aboutEvent = (no: string | null, make: (no: string) => Phrase[]): Phrase[] =>
  no === null ? [] : make(no);
