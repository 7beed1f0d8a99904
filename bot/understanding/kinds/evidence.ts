import type { CategoryReading } from "../categories.ts";

const ADDRESSES_OFFICE =
  /投诉|举报|反映|反应一下|咨询|求助|请求|恳请|呼吁|建议|诉求|控诉|控告|检举|关于.{2,60}(?:问题|情况|建议|投诉|咨询|请求|反映)|(?:请|望|希望|盼|求).{0,16}(?:政府|部门|领导|社区|街道|村里|物业|执法|处理|解决|查处|整治|整改|重视|关注|尽快|落实|核实|监管|答复|回复|管管)|有关部门|相关部门|相关单位|主管部门|能不能(?:在|给|把)?[^,。!?]{0,8}(?:修|建|装|加|设|弄)[个条座点]|管管|管一管|管不管|谁来管|有没有人管|归谁管|谁管|派人|来(?:个)?人(?:看|修|处理)|政府|领导|居委会|街道办|网格员|小助手/;
const TROUBLE =
  /没人(?:管|修|清|扫|倒|收|理|处理|来)|无人(?:管|修|清|处理|问津)|不管|坏(?:了|掉|的|好几|很久|半)|又坏|破(?:了|损|裂|烂|洞)|漏(?:水|电|雨|了|油)|堵(?:了|住|死|塞|得|着|在)|臭(?!豆腐|美|小子|宝|屁)|脏(?:乱|兮|得|死|了)|吵(?:死|人|得|到|醒|闹)|扰民|不亮|不灵|失灵|断(?:了|裂|掉|水|电)|掉(?:下|落|了|在)|倒(?:了|在|塌|下)|歪(?:了|倒)|塌|裂(?:了|开|缝)|溢|满(?:了|出|地)|积水|占(?:用|道|了|着|满)|违(?:建|停|规|法|章)|私自|擅自|乱(?:停|堆|扔|丢|倒|搭|收|摆|放|象|排|贴|建)|欠(?:薪|我|了|工资|款)|拖欠|骗|偷(?!偷|笑|懒)|抢|打人|威胁|危险|隐患|安全|损坏|老化|生锈|松动|停(?:水|电|气|了)|没(?:水|电|气|有水|有电)|严重|影响|污染|不合理|不作为|不退|不给|不发|不让|不开|不修|不处理|不解决|投诉无门|太低|过低|过高|过多|过慢|堪忧|歧视|剥夺|侵害|危害|受害|受其害|包围|躲过|不合格|不满|(?:水|行|路|车|学|医|证|房|事|款)难[!。]?$|又封|屡次|困扰|呐喊|请还|医德|偏低|退不[了回]|要不回|没给|一分(?:钱)?|拿不到|联系不上|找不到人|赖账|倒闭|报备|登记|调解|没着落|丢(?:了|失)|缺失|缺少|没了|不见了|被(?:偷|盗|占|堵|拆|挖|砍|骗|咬|撞|困)|怎么(?:办|还|没|回事)|咋办|咋回事|什么时候(?:能|才|修|来|开|建|拆|交)|何时|为什么|为何|凭什么|难(?:行|走|以|闻)|不便|麻烦|困难|害怕|吓人|受不了|开不(?:过|进|出)(?:去|来)?|过不去|走不(?:了|过)|忍无可忍|太(?:差|慢|吵|脏|乱|高|臭|黑|不)|摔|滑倒|绊|黑(?:咕|漆|吗|灯|乎|洞)|质疑|弄虚作假|挪用|强买强卖|侵占|反对|昂贵|垄断|不公|未(?:下发|批|建|修|发)|办不了|停工|聚众|担责|拆除|关闭|公布|频发|无证|非法|黑(?:店|诊所|心)|猖獗|杂乱|尽快|整治|归谁|变更|捆绑|陷阱|偏离|太久|噪|无视|瓜分|干扰|只有|不(?:通|便|合格|达标|规范|满|明|及时|足|到位)|问题|没牵绳|不牵绳|扑(?:人|了|向)|咬|贴满|堆(?:满|了|着|放|在)|烧(?:垃圾|树叶|秸秆|纸)|刺鼻|呛|熏|冒(?:烟|水|出)|晃|抖|异响|卡(?:住|了|在)|断断续续|一直没|还没|没有?(?:处理|解决|修|通|开|人|落实|装)|过期|变质|虫|乱收费|强制|欺诈|虚假|延期|烂尾|不合格|质量|纠纷|动手|闹(?:事|得)|上访|拉横幅/;
const NEEDS_SERVICE =
  /怎么(?:办理?|申请|补|交|缴|领|报|开|弄|查|预约|联系|迁|落|走)|如何(?:办理?|申请|补|领|查|缴|预约|申报)|(?:要|需要|带)(?:啥|什么|哪些|些什么)|(?:啥|什么|哪些)(?:材料|手续|条件|资料|证件|流程|政策)|去(?:哪|哪里|哪儿)(?:里)?(?:补|办|开|领|交|报|弄)|(?:在)?(?:哪|哪里|哪儿)(?:里)?(?:可以)?(?:补|办|开|领|交|报名)|能不能(?:办|领|报|申请|补)|可以(?:办|领|报|申请|补)吗|能(?:办|领|报|申请|补|落)(?:吗|不)|补办|申领|申办|办理|想(?:申请|办|咨询|问)|请问|问一下|咨询|真的假的|多久能?|交多少|多少钱|条件是/;

/** Small talk about travel, food and feelings uses many of the same nouns. */
const LEISURE =
  /我(?:晚|迟)(?:点|到|半)|晚点到|会迟到|推荐(?:一?个|一?家|您|你|一下)?|评分|人均|游玩|景点|门票|好玩|好吃|旅游|酒店|餐馆|餐厅|入住|房价|预订|预定|打卡|美食|逛(?:街|逛)|周边(?:有|的)|附近(?:有|的)(?:什么|哪些|啥|酒店|餐|景)|营业时间|哈哈|嘻嘻|呵呵|嘿嘿|么么|爱你|喜欢(?:你|我|他|她|的人)|男朋友|女朋友|男友|女友|前任|恋爱|初恋|暗恋|女孩子?(?:真|好|很)|巧克力|火锅(?!店)|直播|梦想|啊啊啊|呜呜|亲[!~]|老司机|闺蜜|减肥|追剧|演唱会|粉丝|偶像|爱豆|明星|电影|电视剧|综艺|歌|动漫|游戏|开黑|表白|失恋|单身|颜值|可爱|好看|漂亮|美女|帅|亲亲|宝贝|宝宝们|老铁|打游戏|王者|吃鸡|淘宝|(?<!路)口红|面膜|自拍|转发微博|微博|博主|晚安|早安|天气/;

export interface Evidence {
  /** 0–1: how sure it is that the speaker wants something from the office */
  strength: number;
}

/**
 * Weighs whether a message is a report at all: a subject of the catalog with a trouble, a request to the
 * office about such a subject, or a question about a service. Small talk with the same nouns stays silent.
 */
export function weighEvidence(text: string, reading: CategoryReading): Evidence {
  const opening = text.slice(0, 300);
  const points = reading.scores[0]?.points ?? 0;
  const topic = reading.scores[0]?.category ?? "";
  let strength = points >= 4 ? 0.3 : points >= 2 ? 0.15 : 0;
  if (points >= SEVERAL_CLUES && !EVERYDAY.test(topic)) strength += 0.1;
  if (reading.tellsTrouble) strength += TALKED_OF.test(topic) ? 0.1 : 0.2;
  if (TROUBLE.test(opening)) strength += points >= 4 ? 0.3 : 0.2;
  if (OPENS_TO_OFFICE.test(opening)) strength += 0.45;
  else if (ADDRESSES_OFFICE.test(opening)) strength += 0.3;
  if (CIVIC_PLACE.test(opening)) strength += 0.22;
  if (CIVIC_PLACE.test(opening.slice(0, 30)) && ASKS_OFFICE.test(opening)) strength += 0.3;
  else if (NEARBY.test(opening)) strength += 0.1;
  if (NEEDS_SERVICE.test(opening) && SERVICE.test(topic)) strength += 0.3;
  if (points >= 3 && CIVIC_PLACE.test(opening.slice(0, 14))) strength += 0.1;
  if (QUESTION.test(opening) && OFFICE_SERVICE.test(topic) && points >= 5) strength += 0.2;
  if (LEISURE.test(opening) && !/投诉|举报|反映|扰民|没人管|咨询/.test(opening)) strength -= 0.4;
  if (RIDES.test(opening)) strength -= 0.4;
  if (opening.length < 5 && points < 6) strength -= 0.2;
  if (PLAINEST.test(opening)) strength = Math.max(strength, 0.65);
  return { strength: Math.max(0, Math.min(0.95, strength)) };
}

/** The whole message, and it needs no more: 「停水了」, 「垃圾没人收」. */
const PLAINEST =
  /^(?:[又怎么咋都今天现在这里小区我们家里楼栋幢单元\d]{0,8})(?:(?:停|断|没)(?:水|电|气|煤气|燃气|天然气)|垃圾(?:好几天|几天|一直|都|又)?没人(?:收|倒|清|管)|(?:路灯|电梯|楼道灯|红绿灯|水管|门禁|下水道)(?:又|都)?(?:坏|爆|堵|不亮|不动|停))(?:了|啦|掉了|啊|呀|吗)*[\s!?。~]*$/;

/** A letter to the office begins with what it wants. */
const OPENS_TO_OFFICE =
  /^(?:[\s"“!?。惊]{0,4})(?:强烈|坚决|再次|紧急|实名|我要|我想|想|向您|恳)?(?:投诉|举报|反映|反应|咨询|询问|请求|求助|恳请|呼吁|建议|控诉|控告|状告|检举|质疑|反对|抗议|关于|对于|要求|请(?:加快|加大|对|给|把|取消|关注|督促|敦促|核发|调查|查|彻查|规范|整顿|[A-Z]\d{0,2}[市区县]|[一-龥]{1,4}(?:局|部门|街道|社区|镇|区|市)|政府|领导|问|解决|加强|依法|公布|严|尽快|相关|有关|督|重视|求|合理|撤|处理)|希望(?!你|他|她|我们?能|明天|自己|大家|可以)|望[A-Z一-龥]{1,6}(?:可以|能|加|解|尽|政府|市|县|区)|能不能在|能否)/;

/** Administrative and residential names, as they stand in letters and reports. */
const CIVIC_PLACE =
  /[A-Z]\d{0,2}[市区县](?![内里])|[一-龥]{2,4}(?:县|镇|乡|村|街道|社区|居委会|村委会)(?!城)|[一-龥]{2,8}(?:小区|花园|苑|家园|新村|公寓|楼盘|学府|华府)|\d+ ?(?:幢|栋|号楼|单元)|(?:我们|我家|俺们|咱们?)(?:小区|楼|这边|这里|村|单元|楼道)/;

/** What only an office can answer, or a state of affairs that it should see. */
const ASKS_OFFICE =
  /何时|何日|什么时候(?:能|可以|才|开|建|修|动|拆|交|下)|啥时候(?:能|才|开|建|修|公布)|有什么[^,。?]{0,6}(?:计划|打算|行动|政策)|有何|谁来?(?:管|救|负责|担)|为何|为什么(?:还|不|没|要|只|又|总)|怎么还(?:没|不)|能不能|乱象|严重|行动|步伐|力度|问题|诉求|还未|尚未|没有(?:公开|公示|解决)|无(?:水|电|人|法)|无奈|不便|涉嫌|“不/;

/** Where people live, without a name. */
const NEARBY =
  /楼上(?!的|说|正解)|楼下|\d{1,3}路(?:公交|司机|车)|楼道|隔壁|对门|邻居|房东|物业|村里|[我咱俺]们?(?:这边?|楼|村|栋|幢|巷|庄|小区|单元)|社区|门口|后山|整栋|成栋/;

/** Asking the way is not a complaint about the bus. */
const RIDES =
  /(?:乘坐?|坐|搭)(?:地铁|出租车?|公交车?|火车|高铁|大巴)|怎么走|几路|车型|车牌(?:是|号是|分别|发)|地铁站(?:是|在哪|分别)|附近(?:的)?地铁|有(?:没有)?电话|出发地|目的地/;

const SERVICE =
  /^(?:service|housing|security\.fraud|people|village|planning|traffic\.transit|dispute\.labor|market\.prepaid)/;

/** Work, school, food and marriage are talked of every day: their words alone are no report. */
const TALKED_OF =
  /^(?:service\.(?!utility|wish)|housing|planning|village|traffic\.transit|complaint|dispute|people|security\.fraud|market\.(?:prepaid|consumer|foodSafety|farmMarket))/;

/** What only an office knows: a question about it is for the office. */
const OFFICE_SERVICE = /^(?:service\.(?!utility|medical|employment|wish)|housing\.security)/;
const QUESTION =
  /[吗呢不][?。!~]*$|\?|能不能|可不可以|啥时候|什么时候|几时|多少|咋|如何|哪[里儿个]|要不要|还要|是否|到底/;
const EVERYDAY = /^(?:service\.(?!utility)|traffic\.transit|planning|housing\.security)/;
/** Points that a subject alone never reaches. */
const SEVERAL_CLUES = 8;

/** From here on a message is taken as a report. */
export const REPORT_FROM = 0.5;
