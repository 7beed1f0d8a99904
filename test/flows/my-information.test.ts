import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { retentionAhead } from "../../db/queries/retention.ts";
import { retentionRunsOf } from "../../db/queries/retention-runs.ts";
import { residentId } from "../../db/queries/subject-data.ts";
import { SYSTEM } from "../../services/domain/actor.ts";
import { exportSubject } from "../../services/workflows/export-subject.ts";
import { retireErased } from "../../services/workflows/retire-erased.ts";
import { type Chat, numberIn, openChat } from "../support/chat.ts";
import { anOrder, feed } from "../support/hotline.ts";
import { GROUP, heard, inPrivate } from "./town.ts";

const LI = { channel: "sandbox", platformUserId: "grandpa-li" };
const HERE = inPrivate(LI.platformUserId);
const ZHANG = "auntie-zhang";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());

const says = async (text: string, where = HERE) =>
  heard(await chat.say(LI.platformUserId, where, text), HERE);
/** Li reports in private, with a picture that was fetched and kept. */
async function reportedWithPicture(): Promise<{ no: string; path: string }> {
  const no = numberIn(
    await chat.say(LI.platformUserId, HERE, "学院公寓3幢楼下垃圾桶满了", {
      attachments: [{ kind: "picture", ref: "r", fileName: "家门口.jpg", transcript: null }],
    }),
  );
  const path = `ab/${"ab".repeat(32)}.jpg`;
  await chat.database.rows(
    sql`update attachments set state = 'stored', path = ${path}, event_no = ${no}`,
  );
  return { no, path };
}
const end = (no: string) =>
  chat.database.rows(sql`update events set status = 'closed' where no = ${no}`);

describe("「导出我的信息」", () => {
  it("tells somebody everything that is kept of them, and nothing of anybody else", async () => {
    const { no } = await reportedWithPicture();
    await chat.say(ZHANG, inPrivate(ZHANG), "学院西路路灯不亮,我叫张红");
    const told = await says("导出我的信息");
    for (const part of [
      no,
      "学院公寓3幢楼下垃圾桶满了",
      "看过隐私说明 第一次私聊时",
      "图片和文件(1)",
    ])
      expect(told).toContain(part);
    expect(told).not.toContain("张红");
    expect(told).not.toContain("路灯");
    const audit = await chat.database.rows<{ no: string }>(
      sql`select subject_no as no from audit where action = 'exportSubject'`,
    );
    expect(audit).toEqual([{ no: await residentId(chat.database, LI) }]);
  });

  it("asked for in a group is answered in private", async () => {
    const said = await chat.say(LI.platformUserId, GROUP, "我的信息");
    expect(heard(said, HERE)).toContain("【我的信息】");
    expect(
      said
        .filter(({ to }) => to === GROUP)
        .map(({ text }) => text)
        .join(),
    ).not.toContain("账号");
  });

  it("gives a hotline's caller their own number, to the administrator who answers them", async () => {
    await feed(chat, [anOrder()]);
    await chat.settle();
    const [caller] = await chat.database.rows<{ id: string }>(
      sql`select platform_user_id as id from hotline_orders`,
    );
    const account = { channel: "api", platformUserId: caller?.id ?? "" };
    const data = await chat.database.transaction((tx) =>
      exportSubject(tx, chat.office, account, SYSTEM),
    );
    expect(data.hotlineOrders).toMatchObject([
      { no: "2026112200123", contact: { name: "张阿姨", phone: "13800000001" } },
    ]);
    expect(data.reports).toHaveLength(1);
  });
});

describe("「删除我的信息」, what is left of reports", () => {
  it("keeps picture and summary while somebody works on it; both go with its end, by the ledger", async () => {
    const { no, path } = await reportedWithPicture();
    await says("删除我的信息");
    const removed: string[] = [];
    const store = { remove: async (one: string) => void removed.push(one) };
    expect(await retireErased(chat.database, chat.office, store)).toBe(0);
    expect((await chat.event(no)).row.summary).toContain("垃圾桶");

    await end(no);
    const due = await retentionAhead(chat.database, chat.office.clock.now(), 0);
    expect(due.filter(({ rule }) => rule.startsWith("erased"))).toMatchObject([
      { rule: "erasedPictures", count: 1 },
      { rule: "erasedWords", count: 1 },
    ]);
    expect(await retireErased(chat.database, chat.office, store)).toBe(2);
    expect(removed).toEqual([path]);
    const { row } = await chat.event(no);
    expect(`${row.summary}${row.words}`).not.toContain("垃圾桶");
    expect(row.category).not.toBe("");
    expect(await retentionRunsOf(chat.database, null, 9)).toMatchObject([
      { rule: "erasedWords", count: 1 },
      { rule: "erasedPictures", count: 1 },
    ]);
    expect(await retireErased(chat.database, chat.office, store)).toBe(0);
  });

  it("leaves a file that somebody else sent too", async () => {
    const { no, path } = await reportedWithPicture();
    await chat.database.rows(sql`
      insert into event_photos (site, id, event_no, stage, by, path, mime, bytes, created_at)
      values ('test', gen_random_uuid(), ${no}, 'before', '{}', ${path}, 'image/jpeg', 1, now())`);
    await says("删除我的信息");
    await end(no);
    const removed: string[] = [];
    await retireErased(chat.database, chat.office, {
      remove: async (one) => void removed.push(one),
    });
    expect(removed).toEqual([]);
  });

  it("keeps that a notice was shown, without saying to whom", async () => {
    await reportedWithPicture();
    await says("隐私");
    await says("删除我的信息");
    const records = await chat.database.rows<{ who: string; occasion: string }>(
      sql`select platform_user_id as who, occasion from privacy_records order by id`,
    );
    expect(records).toEqual([
      { who: "erased", occasion: "firstContact" },
      { who: "erased", occasion: "asked" },
    ]);
    expect(await says("我的信息")).not.toContain("学院公寓");
  });
});
