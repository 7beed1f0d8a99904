/** 「转人工」: the whole message asks for a person instead of the bot. */
export const asksForPerson = (text: string): boolean =>
  /^(?:请|麻烦|帮我|给我|我要|我想|要|可以)*(?:(?:转|找|接|换)(?:接|到|个)?(?:一下)?人工|人工(?=客服|服务|$))(?:客服|服务|窗口|坐席)?(?:吧|一下|谢谢|可以吗)?[\s。.!!?~]*$/.test(
    text,
  );
