import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aPicture, type Chat, numberIn, openChat } from "../support/chat.ts";
import { bring, GROUP, HANDLER, heard, inPrivate, NEIGHBOUR, reported } from "./town.ts";

describe("pictures", () => {
  let chat: Chat;
  beforeAll(async () => {
    chat = await openChat();
  });
  beforeEach(() => chat.fresh());
  afterAll(() => chat.close());

  const kept = async (): Promise<(string | null)[]> =>
    (
      await chat.database.rows<{ no: string | null }>(sql`
        select event_no as no from attachments order by id`)
    ).map((row) => row.no);

  it("wait for the words, and belong to them", async () => {
    expect(await chat.picture(NEIGHBOUR, GROUP)).toEqual([]);
    chat.clock.advance({ minutes: 1 });
    const no = await reported(chat);
    chat.clock.advance({ minutes: 5 });
    expect(await chat.settle()).toEqual([]);
    expect(await kept()).toEqual([no]);
  });

  it("are asked about after two minutes, not before", async () => {
    await chat.picture(NEIGHBOUR, GROUP);
    chat.clock.advance({ minutes: 1 });
    expect(await chat.settle()).toEqual([]);
    chat.clock.advance({ minutes: 1 });
    expect(heard(await chat.settle(), GROUP)).toBe("照片收到了。请再说一句:在哪里、是什么情况?");
    expect(await kept()).toEqual([null]);
    const no = await reported(chat);
    expect(await kept()).toEqual([no]);
  });

  it("are still asked about when only a greeting follows", async () => {
    await chat.picture(NEIGHBOUR, GROUP);
    await chat.say(NEIGHBOUR, GROUP, "谢谢");
    chat.clock.advance({ minutes: 2 });
    expect(heard(await chat.settle(), GROUP)).toContain("照片收到了");
  });

  it("are asked about once for a burst of them, and all kept", async () => {
    for (let count = 0; count < 17; count++) await chat.picture(NEIGHBOUR, GROUP);
    chat.clock.advance({ minutes: 2 });
    expect(await chat.settle()).toHaveLength(1);
    const no = await reported(chat);
    expect(await kept()).toEqual(Array(17).fill(no));
  });

  it("that follow their report belong to it, and are thanked for once", async () => {
    const no = await reported(chat);
    expect(heard(await chat.picture(NEIGHBOUR, GROUP), GROUP)).toBe(`照片收到了,已补充到 ${no}。`);
    expect(await chat.picture(NEIGHBOUR, GROUP)).toEqual([]);
    chat.clock.advance({ minutes: 5 });
    expect(await chat.settle()).toEqual([]);
    expect(await kept()).toEqual([no, no]);
  });

  it("of somebody else in the group belong to no report of others", async () => {
    await reported(chat);
    await chat.picture("uncle-wang", GROUP);
    expect(await kept()).toEqual([null]);
  });

  it("of the finished work belong to the event that was just completed", async () => {
    const no = await reported(chat);
    await bring(chat, no, "completed");
    await chat.picture(HANDLER, inPrivate(HANDLER));
    expect(await kept()).toEqual([no]);
  });

  it("sent instead of an answer belong to the draft, whose question stays open", async () => {
    const no = numberIn(await chat.say(NEIGHBOUR, GROUP, "垃圾桶满了没人倒"));
    expect(await chat.picture(NEIGHBOUR, GROUP)).toEqual([]);
    chat.clock.advance({ minutes: 3 });
    expect(await chat.settle()).toEqual([]);
    expect(heard(await chat.say(NEIGHBOUR, GROUP, "3幢"), GROUP)).toContain(`${no} 的地点记为`);
    expect(await kept()).toEqual([no]);
  });

  it("with words in one message are kept with their event", async () => {
    const said = await chat.say(NEIGHBOUR, GROUP, "学院公寓3幢路灯不亮", {
      attachments: [aPicture, { ...aPicture, ref: "picture-2" }],
    });
    expect(await kept()).toEqual([numberIn(said), numberIn(said)]);
  });
});
