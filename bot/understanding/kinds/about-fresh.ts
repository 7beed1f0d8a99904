/** What somebody adds to a report of a little while ago, without saying that it is about that report. */
const ADDS = /^(?:再|我)?(?:补充|追加)(?:一?[下点]|说明)?(?:[\s:,]|是|在|,|$)/;
/** 「垃圾桶旁边还有只死老鼠」: more of the same, where the first was. */
const BESIDE = /^[^\s,。!?]{0,6}(?:旁边|边上|那里|那边|上面|下面|里面|里头)还有/;
const LASTS =
  /^(?:都|已经|已|现在|从早上|从昨天)*(?:停|堵|漏|响|坏|吵|断|臭|烧|黑|没)了?[^\s,。!?]{0,2}(?:[一二两三四五六七八九十半几\d]|好几)[^\s,。!?]{0,3}(?:上午|下午|天|夜|晚上|小时|钟头|星期|礼拜|周|月)(?:多)?(?:了|啦)$/;
const NUMBER_OF_DOOR =
  /^(?:对了|哦对|对|哦|噢)?[\s,]*(?:是|在|地址是|门牌是|房号是|我家?(?:是|住|在))[\s:]*[A-Za-z]?\d{1,4}(?:[-–]\d{1,4}){0,2}(?:号楼|[室号幢栋楼座]|单元|\d)*[\s,]*(?:这里|那里|这户|那户|门口|的)?$/;
const SECRET =
  /^[^,。!?]{0,8}(?:别|不要|不能|勿)(?:跟|和|对|给)?[^,。!?]{0,6}(?:说|讲|告诉|让|透露|泄露)[^,。!?]{0,12}$|^[^,。!?]{0,6}(?:匿名|保密)[^,。!?]{0,6}$/;
const FALSE_ALARM =
  /^(?:误报|虚惊|搞错|弄错|看错)|^(?:不好意思|抱歉|对不起|哦|原来)[\s,]*(?:原来)?(?:只?是|搞错|看错|误报)[^,。!?]{0,14}(?:烟|味|灯|声|了|误报|虚惊)|^(?:没|没有|不是)(?:着|起|失)火/;

/** 「停了一上午了」, 「对了 是602」, 「可别说是我讲的」: more about the speaker's own fresh event. */
export const addsToFresh = (text: string): boolean => {
  const said = text.replace(/[\s,.。!?~]+$/, "");
  return (
    said.length <= 60 &&
    (ADDS.test(said) ||
      (said.length <= 20 && BESIDE.test(said)) ||
      (said.length <= 20 &&
        (LASTS.test(said) || NUMBER_OF_DOOR.test(said) || asksForSecrecy(said))))
  );
};

/** Asked after a report: whoever made it must not be named. */
export const asksForSecrecy = (text: string): boolean => text.length <= 24 && SECRET.test(text);

/** 「误报 没着火」, 「不好意思 是隔壁烧烤的烟」: a person decides what becomes of the alarm. */
export const takesBackAlarm = (text: string): boolean =>
  text.length <= 30 && FALSE_ALARM.test(text);
