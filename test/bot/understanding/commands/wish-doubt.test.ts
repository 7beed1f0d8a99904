import { describe, expect, it } from "vitest";
import { rowsCalled } from "../../../../bot/understanding/calls/call-draft.ts";
import { doubtOfWish, dropsDraft } from "../../../../bot/understanding/calls/wish-doubt.ts";

const doubt = (text: string) => doubtOfWish(text, (words) => rowsCalled(words).length > 0);

describe("words about departments that call nobody", () => {
  it.each([
    ["我不想叫综合执法和市场监管的人明晚七点来南塘街,先等等", "negated"],
    ["没叫公安", "negated"],
    ["没必要叫综合执法和公安来南塘街", "negated"],
    ["不要综合执法了", "negated"],
    ["先别叫综合执法、公安来柳岸新村,等我通知", "negated"],
    ["综合执法和公安明晚七点,再等等看", "postponed"],
    ["请综合执法和公安的事等书记回来再说", "postponed"],
    ["这几天公安和市场监管今晚八点在柳岸新村开会,跟这个没关系", "besides"],
    ["上周请综合执法来南塘街查过油烟,效果不错", "past"],
    ["昨天综合执法来看过柳岸新村的占道", "past"],
    ["要不要叫公安?", "asked"],
  ])("%s: %s", (text, why) => {
    expect(doubt(text)).toBe(why);
  });

  it.each([
    "综合执法和市场监管",
    "明晚7点",
    "南塘街路口",
    "南塘街8号别墅区门口",
    "上次去过的南塘街路口",
    "要综合执法、公安,特别要带执法记录仪",
    "油烟没人管请综合执法和市场监管明晚七点来",
    "上次综合执法来查过又回潮了,想请综合执法和市场监管明晚七点来南塘街",
    "昨天请综合执法来过,今晚请公安和综合执法来",
  ])("%s is plain", (text) => {
    expect(doubt(text)).toBeNull();
  });

  it.each(["算了,不叫了", "不叫了", "取消吧", "那算了", "不用了,谢谢"])(
    "%s drops a draft",
    (text) => {
      expect(dropsDraft(text)).toBe(true);
    },
  );

  it.each(["不用公安,要综合执法", "先等等", "取消占道摊位"])("%s drops none", (text) => {
    expect(dropsDraft(text)).toBe(false);
  });
});
