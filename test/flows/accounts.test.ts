import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findPersonById } from "../../db/queries/directory.ts";
import { type Chat, openChat } from "../support/chat.ts";
import { DISPATCHER, GROUP, heard, inPrivate, refusals, WORK } from "./town.ts";

const ON_WECHAT = { channel: "wechat" };

describe("an account on another channel", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  beforeEach(() => chat.fresh());
  afterAll(() => chat.close());

  const codeOf = async () => {
    const said = await chat.say(DISPATCHER, WORK, "绑定码");
    expect(said.map((one) => one.to)).toEqual([inPrivate(DISPATCHER)]);
    return /:([A-Z2-9]{8})\n/.exec(said[0]?.text ?? "")?.[1] ?? "";
  };
  const onWeChat = (openId: string, text: string) =>
    chat.say(openId, inPrivate(openId), text, ON_WECHAT);

  it("is bound by a code that its person got where they are known, once", async () => {
    const before = heard(await onWeChat("oSu", "受理 SJ20261125-0001"), inPrivate("oSu"));
    expect(before).toMatch(/^没有查到/);
    const code = await codeOf();
    expect(heard(await onWeChat("oSu", `绑定 ${code.toLowerCase()}`), inPrivate("oSu"))).toMatch(
      /^已绑定为章若兰/,
    );
    expect((await findPersonById(chat.database, DISPATCHER))?.accounts).toEqual([
      { channel: "wechat", platformUserId: "oSu" },
    ]);
    expect(heard(await onWeChat("oSu", "帮助"), inPrivate("oSu"))).toContain("受理 SJ…");

    expect(heard(await onWeChat("oEve", `绑定 ${code}`), inPrivate("oEve"))).toMatch(/^绑定码不对/);
    expect(await refusals(chat)).toContainEqual({
      who: "oEve",
      action: "bindAccount",
      reason: "badCode",
    });
    const kept = await chat.database.rows(
      sql`select body from outbox where body::text like ${`%${code}%`}`,
    );
    expect(kept).toEqual([]);
  });

  it("is not bound by a code that is over, in a group, by a relay, or on DingTalk", async () => {
    const code = await codeOf();
    for (const said of [
      await chat.say("oEve", GROUP, `绑定 ${code}`),
      await chat.say("oEve", inPrivate("oEve"), `绑定 ${code}`),
      await chat.say(DISPATCHER, inPrivate(DISPATCHER), `转报 张阿姨:绑定 ${code}`),
    ])
      expect(said[0]?.text).toContain("绑定请在要绑定的");
    chat.clock.advance({ minutes: 11 });
    expect((await onWeChat("oEve", `绑定 ${code}`))[0]?.text).toMatch(/^绑定码不对/);
    expect((await findPersonById(chat.database, DISPATCHER))?.accounts).toEqual([]);
  });

  it("gives residents no code", async () => {
    expect((await onWeChat("oLi", "绑定码"))[0]?.text).toMatch(/没有.*权限/);
  });
});
