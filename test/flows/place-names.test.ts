import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readDistrict, readEarDirectory } from "../../bot/district.ts";
import { createEar } from "../../bot/understanding/understand.ts";
import { addressesNamed } from "../../db/queries/addresses.ts";
import { silentLog } from "../../services/log.ts";
import { type Chat, openChat } from "../support/chat.ts";
import { DISPATCHER, heard, inPrivate, NEIGHBOUR, OTHER_STREET, reported, WORK } from "./town.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());
const says = async (who: string, text: string) =>
  heard(await chat.say(who, inPrivate(who), text), inPrivate(who));
/** How a message is heard by an instance that has taken in what was taught. */
async function placeHeard(text: string) {
  const directory = await readEarDirectory(chat.database, await readDistrict(chat.database));
  const ear = await createEar({ directory, model: null, log: silentLog });
  return ear.glance(text).place;
}

describe("a name that is in no registry", () => {
  it("is learnt from whoever puts right where the trouble is, after they were asked", async () => {
    const no = await reported(chat, "老粮站宿舍3幢楼下垃圾桶满了没人倒");
    expect((await placeHeard("老粮站宿舍3幢楼下垃圾桶又满了")).addressCode).toBeNull();

    const corrected = heard(await chat.say(DISPATCHER, WORK, `更正 ${no} 地点 学院公寓3幢`), WORK);
    expect(corrected).toContain("学院公寓3幢");
    const sentence = /「(地名 老粮站宿舍 就是 学院公寓)」/.exec(corrected)?.[1] ?? "";
    expect(sentence).not.toBe("");
    expect(await says(DISPATCHER, sentence)).toContain("记住了");

    const place = await placeHeard("老粮站宿舍3幢楼下垃圾桶又满了");
    const [estate] = await addressesNamed(chat.database, "学院公寓", 1);
    expect(place.gridCode).toBe(estate?.gridCode);
    expect(place.addressCode).not.toBeNull();
    expect(place.raw).toBe("老粮站宿舍3幢楼下");
  });

  it("is forgotten by one word", async () => {
    await says(DISPATCHER, "地名 老粮站宿舍 就是 学院公寓");
    expect(await says(DISPATCHER, "忘记地名 老粮站宿舍")).toContain("已忘记");
    expect((await placeHeard("老粮站宿舍3幢垃圾桶满了")).addressCode).toBeNull();
    expect(await says(DISPATCHER, "忘记地名 老粮站宿舍")).toContain("没有人教过我");
  });

  it("is not asked about where the reporter named a place of the registry", async () => {
    const no = await reported(chat);
    const said = heard(await chat.say(DISPATCHER, WORK, `更正 ${no} 地点 南塘家园3幢`), WORK);
    expect(said).toContain("南塘家园3幢");
    expect(said).not.toContain("地名");
  });

  it.each([
    ["地名 学校门口 就是 学院公寓", "到处都有"],
    ["地名 老粮站3幢5 就是 没有这个小区", "登记表里没有「没有这个小区」"],
    ["地名 南塘家园 就是 学院公寓", "已经是另一个地方的名称"],
    ["地名 老粮站", "这样教我地名"],
  ])("「%s」 is not learnt, and says why", async (said, why) => {
    expect(await says(DISPATCHER, said)).toContain(why);
    expect(await chat.database.rows(sql`select 1 from place_aliases`)).toEqual([]);
  });

  it("is taught by those of the street alone", async () => {
    expect(await says(OTHER_STREET, "地名 老粮站宿舍 就是 学院公寓")).toContain("没有");
    expect(await says(NEIGHBOUR, "地名 老粮站宿舍 就是 学院公寓")).not.toContain("记住了");
    expect(await chat.database.rows(sql`select 1 from place_aliases`)).toEqual([]);
    expect(
      await chat.database.rows(sql`select outcome from audit where action = 'teachAlias'`),
    ).toEqual([{ outcome: "refused" }]);
  });
});
