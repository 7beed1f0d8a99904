import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Chat, numberIn, openChat } from "../support/chat.ts";
import { bring, heard, inPrivate, WORK, WORKER } from "./town.ts";

const ME = inPrivate(WORKER);

describe("a resident's words that the grid worker passes on", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  beforeEach(() => chat.fresh());
  afterAll(() => chat.close());
  const relay = (text: string) => chat.say(WORKER, ME, text);

  it("are the resident's report; the answer comes back as text to paste, to its end", async () => {
    const said = await relay("转报 微信里张阿姨(13800000001)说:学院公寓3幢楼下垃圾桶满了没人倒");
    const no = numberIn(said);
    expect(heard(said, ME)).toMatch(/^【请转告张阿姨】下面的话可直接复制:\n.*已登记/);
    expect(heard(said, WORK)).toContain(`【待受理】${no}`);
    const { row, reporters } = await chat.event(no);
    expect(row).toMatchObject({
      source: "groupMessage",
      placeRaw: expect.stringMatching(/^学院公寓3幢/),
      status: "pendingAccept",
    });
    expect(row.words).toBe("学院公寓3幢楼下垃圾桶满了没人倒");
    expect(reporters).toMatchObject([{ personId: null, first: true }]);

    const done = await bring(chat, no, "completed");
    expect(heard(done, ME)).toMatch(/【请转告报事人】下面的话可直接复制:\n[\s\S]*已清运并冲洗/);
    // Whoever only passed it on is not its reporter and may verify it.
    await chat.say(WORKER, ME, `验收通过 ${no}`);
    expect((await chat.event(no)).row.status).toBe("closed");

    expect(heard(await relay("转报 张阿姨(13800000001)说:修好了 五星"), ME)).toMatch(/5星/);
    expect((await chat.event(no)).reporters).toMatchObject([{ rating: 5 }]);
    const audit = await chat.database.rows(sql`
      select actor ->> 'personId' as who, subject_no as no from audit where action = 'relay' order by id`);
    expect(audit[0]).toEqual({ who: WORKER, no });
    const kept = await chat.database.rows(sql`
      select r.words, r.platform_user_id, s.note, s.actor from event_reporters r
      join event_steps s on s.site = r.site and s.event_no = r.event_no`);
    const stored = JSON.stringify(kept);
    expect(stored).not.toMatch(/张阿姨|13800000001/);
  });

  it("are asked about like any report, and belong to the worker's grid", async () => {
    const asked = await relay("代报 李大爷说:楼道灯坏了");
    const no = numberIn(asked);
    expect(heard(asked, ME)).toMatch(/^【请转告李大爷】/);
    expect((await chat.event(no)).row).toMatchObject({ status: "draft" });
    const told = await relay("代报 李大爷:学院公寓5幢");
    expect(heard(told, ME)).toContain(no);
    expect((await chat.event(no)).row).toMatchObject({
      status: "pendingAccept",
      placeRaw: "学院公寓5幢",
      gridCode: "SLQ-WC-NT-3",
    });
  });

  it("give the resident no right of the worker, and nobody else may pass on", async () => {
    const no = numberIn(await relay("代报 张阿姨说:学院公寓3幢楼下垃圾桶满了没人倒"));
    expect(heard(await relay(`代报 张阿姨说:受理 ${no}`), ME)).toMatch(/您没有受理权限/);
    const other = await chat.say(
      "auntie-li",
      inPrivate("auntie-li"),
      "代报 王阿姨说:学院公寓8幢电梯坏了",
    );
    expect(heard(other, inPrivate("auntie-li"))).not.toContain("请转告");
  });
});
