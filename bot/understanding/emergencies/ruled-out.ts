/** Why words of danger are no danger. Each reason is looked for within the clause. */
const REASONS: Readonly<Record<string, RegExp>> = {
  "a drill, a lesson, a notice":
    /演练|演习|培训|讲座|课程|宣传|知识|手册|预案|预防|防止|防范|防火|以防|避免|小心|注意|谨防|远离|(?:火灾|消防|急救|溺水|防溺水|安全)(?:知识|教育|警示|保险)/,
  "denied or over":
    /不是(?:着|起|失)火|(?:打|点)不着火?|没(?:有)?(?:着|起|失)火|味道?(?:已经|都|就)*(?:没有?了|散了|没了)|(?:没有?|闻不到)(?:闻到)?[^,。!?]{0,3}(?:煤气|燃气|天然气)(?!.*救)|没人(?:受伤|被困|溺水|晕)|没有人|没打起来|不打架|没(?:困|伤)人|没啥事|没事/,
  "only feared or supposed":
    /假如|如果|万一|要是|会不会|真怕|怕[^,。!?]{0,6}(?:着|起|失|火|摔|掉|出|塌)|担心|生怕|容易|可能会|有可能[^,。!?]{0,8}(?<!了)$|隐患|险些|差点|差一点|不怕|恨不得|想打人|想跳楼$|吵得|烦得/,
  "a story, a film, a game, a dream":
    /网(?:上|传|络上?)(?:说|都说|有人说|看到)?|据说|传言|是真的吗|真的假的|新闻|电视(?:剧|台|里|上)|电影|剧|游戏|视频|小说|做梦|梦见|梦到|节目|听说|(?:坐|围)观/,
  "laughter and figures of speech":
    /哈哈|嘻嘻|笑死|笑晕|帅晕|美晕|萌晕|甜晕|热晕|累晕|困晕|吓晕|晕车|发火|恼火|火大|上火|火锅|生意[^,。!?]{0,4}火|简直|真是(?:抢|要)|钱包|血拼|价(?:格|钱)|跳楼价|涨价|(?:热|渴|冷|咸|累|堵|急|气|忙|困|饿)得|自杀式|(?:眼睛|脚|鞋|屁股|嗓子|脑子|头)[^,。!?]{0,6}(?:着火|冒烟)|好像电影|烧烤(?:摊|架|店|炉)?[^,。!?]{0,6}(?:冒烟|烟)|烧香/,
  "a thing, not a person":
    /手机[^,。!?]{0,3}(?:着|起)火|手机[^,。!?]{0,8}(?:着火|冒烟|起火)[^,。!?]{0,3}哈|(?:手机|钥匙|球|鞋子?|帽子|耳机|包|钱|卡|眼镜|玩具|无人机|东西|衣服|被子|被单|猫|狗|戒指|杯子|风筝)(?:又|都|也|刚|不小心)?(?:掉|落|沉)/,
  "how often, and what it costs":
    /多发|经常|频发|几次|多次|保险|火灾险|医保|报销|补贴|康复|出院|病人|患者/,
  "children who fight, and a quarrel asked about":
    /打架(?:的|那|游戏|呢|么|吗|被老师)|叫家长|和好了|要吗/,
  "what burns on the stove":
    /(?:烧饭|做饭|炒菜|煮|烤肉|烧烤|饭店|厨师|菜)[^,。!?]{0,8}(?:焦糊?味|糊味)|(?:焦糊?味|糊味)[^,。!?]{0,4}香/,
  "a manner of speaking of rescue": /救命(?:钱|药|稻草|恩|消防|通道)/,
  "told of as what was: 「上个月着火的那家」":
    /(?:上个?月|上周|上次|去年|前年|前[几阵些][^,。!?]{0,2}|以前|之前|那个|那次)[^,。!?]{0,8}(?:着火|起火|失火|塌方|坍塌|车祸|爆炸|淹死|坠楼)[^,。!?]{0,4}的|(?:打人|打架|偷车|偷东西|撞人|闹事|砍人)的(?:那|人|保安|男|女|事|是)/,
};

const RULED_OUT = new RegExp(
  Object.values(REASONS)
    .map((reason) => reason.source)
    .join("|"),
);

/** Figures of speech and mere feelings, unless somebody cries or a body fails. */
export const FIGURATIVE = /(?<![摄录图影好])像|仿佛|心里(?!.{0,3}(?:难受|不舒服))/;
/** What is only thought, or not yet: no danger by itself unless it is said to have happened. */
export const DOUBTED = /(?<!不)可能|危险|快(?:要)?(?:塌|倒)了|要(?:塌|倒)了/;
export const HAPPENED = /(?<!(?:快要?|要)[塌倒])了(?:啊|呀|吧|的)?$|有人|有个|有小孩|有老人/;
/** A cry, people inside, no breath: no word of doubt beside it counts. */
export const CERTAIN =
  /救命(?!钱|药|稻草|恩|消防|通道)|快来人|救救|快救|(?:里面|里头|屋里|房里|楼里|上面|下面|底下)[^,。!?]{0,3}有[^,。!?]{0,3}(?:人|孩|老)|喘不(?:上|过|了)气?|没(?:有)?(?:呼吸|心跳|意识)|不省人事|浓烟|黑烟|火苗|明火/;

export const PAST =
  /上个?月|去年|前年|上周|上星期|上礼拜|上次|前几天|前天|昨天|昨晚|前阵子|前段时间|以前|曾经|那年|当年|那次|多年前|几年前|早年|小时候|\d{4}年|已经(?:扑灭|熄灭|送医|处理|报警)了?|扑灭了|后来|上回/;
export const NOW =
  /正在|现在|刚才|刚刚|刚|马上|快来|救命|快点|快叫|赶紧|!!|又来|怎么办|咋办|这次|这回|真的(?!假)|真冒/;

/** 「不是演习 真的着火了」: what is said to be no drill is none. */
const NO_DRILL = /不是(?:演习|演练|误报|开玩笑)/g;

export const isRuledOut = (clause: string): boolean => RULED_OUT.test(clause.replace(NO_DRILL, ""));

/** A drill, a film, a fear, or something long past. */
export const isToldOfElse = (text: string): boolean =>
  isRuledOut(text) || (PAST.test(text) && !NOW.test(text));
