import { handlerOf, STREETS, type Street, workerOf } from "./cast.ts";
import type { Found, Town } from "./town.ts";

/** What residents say, and in which group. */
const REPORTS: readonly [group: string, who: string, text: string][] = [
  ["nantang-1", "阿姨", "南塘家园3幢楼下垃圾桶满出来了,三天没人倒"],
  ["liuan-2", "老张", "柳岸新村5幢楼道堆满了杂物,走路都绊脚"],
  ["hebin-2", "小何", "滨河路夜市油烟太大,窗户都不敢开"],
  ["jinxiu-1", "刘姐", "锦绣花园门口的路灯不亮,晚上看不见路"],
  ["nantang-2", "周伯", "南塘老村河道里漂着好多垃圾"],
  ["quanpan-1", "吴阿姨", "泉畔小区2幢半夜装修,吵得睡不着"],
  ["hebin-1", "晓晓", "河滨花园门口窨井盖松动,车开过去哐哐响"],
  ["qiaotou-1", "老李", "桥头菜场门口占道卖菜,车都过不去"],
];

/** Some days of the district, so that there are rates to look at; the last one is under way. */
export async function playDays(town: Town): Promise<void> {
  for (let day = 0; day < 3; day++) {
    await town.nextMorning(8);
    for (const [at, [group, who, text]] of REPORTS.entries()) {
      if ((at + day) % 4 !== 3) await town.say(who, group, text);
      await town.pass(7 + at);
    }
    for (const street of STREETS) await workThrough(town, street);
  }
  await town.nextMorning(9);
  await playToday(town);
}

/** The command room accepts and assigns what there is; most of it comes to its end. */
async function workThrough(town: Town, street: Street): Promise<void> {
  const { dispatcher, work } = street;
  for (const { no, streetCode } of await town.eventsIn("pendingAccept")) {
    if (streetCode !== street.code) continue;
    await town.say(dispatcher, work, `受理 ${no}`);
    await town.say(dispatcher, work, `交办 ${no}`);
  }
  const assigned = await town.eventsIn("assigned");
  for (const event of assigned.filter(({ streetCode }) => streetCode === street.code)) {
    await town.pass(20);
    await bringToEnd(town, event);
    const report = REPORTS.find(([, , text]) => text === event.summary);
    const stars = Number(event.no.at(-1)) % 3 === 0 ? "四星" : "五星";
    if (report !== undefined) await town.say(report[1], report[0], `${stars} ${event.no}`);
  }
}

async function bringToEnd(
  town: Town,
  { no, holder, gridCode }: Pick<Found, "no" | "holder" | "gridCode">,
): Promise<void> {
  const handler = handlerOf(holder);
  const worker = workerOf(gridCode);
  if (handler === null || worker === null) return;
  await town.say(handler, `private:${handler}`, `签收 ${no}`);
  await town.pass(25);
  await town.say(handler, `private:${handler}`, `办结 ${no} 已到现场处理完毕`);
  await town.say(worker, `private:${worker}`, `验收通过 ${no}`);
}

/** One event all the way, one that its handler has still to sign for, some that nobody has looked at. */
async function playToday(town: Town): Promise<void> {
  const [{ dispatcher, work }] = STREETS;
  const assign = async (text: string, who: string, group: string) => {
    await town.say(who, group, text);
    const no = await town.heard(group, /SJ\d{8}-\d+/);
    await town.say(dispatcher, work, `受理 ${no}`);
    await town.say(dispatcher, work, `交办 ${no} 给环卫所`);
    return no;
  };
  const no = await assign("南塘农贸市场门口垃圾堆成山了,臭死了", "阿姨", "nantang-1");
  await bringToEnd(town, { no, holder: "SLQ-WC-HWS", gridCode: "SLQ-WC-NT-1" });
  await town.say("阿姨", "nantang-1", `修好了 五星 ${no}`);
  await assign("南塘老村河边的垃圾桶满出来了", "周伯", "nantang-2");
  await town.say("小何", "hebin-2", "滨河路夜市又占道了,油烟熏得受不了");
  await town.say("刘姐", "jinxiu-1", "锦绣花园5幢的路灯又不亮了");
  await town.say("晓晓", "hebin-1", "河滨花园门口窨井盖不见了,快来人,要出事的");
}

/** A street's call under way: one department is there, one is coming, one has not answered. */
export async function playCall(town: Town): Promise<string> {
  const say = (who: string, text: string) => town.say(who, "district-call", text);
  await say(
    "wangchao-officer-1",
    "发起街呼区应 滨河路夜市占道油烟噪音反复 要综合执法 市场监管 公安 今天下午3点滨河路解放街口集中",
  );
  const no = await town.lastCall();
  await say("wangchao-principal", `签批同意 ${no}`);
  await say(
    "district-dispatcher-1",
    `派遣 ${no} 综合执法2人 市场监管2人 公安2人 今天下午3点 滨河路解放街口`,
  );
  await say("zhifa-responder", `收到 ${no} 2人准时到`);
  await say("shijian-responder", `收到 ${no} 2人准时到`);
  return no;
}
