import { createTransport } from "nodemailer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { outbox } from "../../db/schema/index.ts";
import { openMailbox } from "../../services/hotline/mailbox.ts";
import { readMailbox } from "../../services/workflows/hotline/read-mailbox.ts";
import { takeSheet } from "../../services/workflows/hotline/take-feed.ts";
import { type Chat, openChat } from "../support/chat.ts";
import { anOrder, csvOf, eventsByOrder, xlsxOf } from "../support/hotline.ts";
import { type ImapServer, imapServer } from "../support/imap-server.ts";

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());

const LINE = "hotline12345" as const;
const orders = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    anOrder({
      工单编号: `20261122${String(index).padStart(5, "0")}`,
      来电号码: `138${String(10_000_000 + index)}`,
      诉求内容: `第${index}件:路灯不亮`,
    }),
  );
/** Each order is exactly one event. */
const expectEach = async (count: number) => {
  await chat.settle();
  const made = await eventsByOrder(chat.database, LINE);
  expect(made.size).toBe(count);
  expect([...made.values()].every((events) => events === 1)).toBe(true);
};
const THE_SAME_IN_GBK =
  "uaS1pbHgusUsuaS1pde0zKwsy9/H88TayN0swLS157rFwusNCjIwMjYxMTIyMDAwMDAs0tHFyceyLLXaMLz+OsK3tcayu8HBLDEzODEwMDAwMDAwDQo=";
const take = (name: string, bytes: Uint8Array, options = {}) =>
  takeSheet(chat.database, chat.office, LINE, { name, bytes }, options);

describe("a file of orders", () => {
  it("that breaks off in the middle and is taken again loses none and doubles none", async () => {
    const file = csvOf(orders(60));
    const broken = take("a.csv", file, {
      committed: (rows: number) => {
        if (rows >= 50) throw new Error("the power failed");
      },
    });
    await expect(broken).rejects.toThrow("the power failed");
    await expectEach(50);
    expect(await take("a.csv", file)).toMatchObject({ taken: 10, repeated: 50, problems: [] });
    await expectEach(60);
    expect(await take("a.csv", file)).toMatchObject({ taken: 0, repeated: 60 });
    await expectEach(60);
  });

  it("is read as GBK, as UTF-8 and as XLSX alike", async () => {
    const row = {
      工单编号: "2026112200000",
      工单状态: "已派遣",
      诉求内容: "第0件:路灯不亮",
      来电号码: "13810000000",
    };
    expect(await take("a.csv", Buffer.from(THE_SAME_IN_GBK, "base64"))).toMatchObject({
      taken: 1,
      problems: [],
    });
    expect(await take("b.csv", csvOf([row]))).toMatchObject({ repeated: 1, problems: [] });
    expect(await take("c.xlsx", await xlsxOf([row]))).toMatchObject({ repeated: 1, problems: [] });
  });

  it("names bad rows with what to do, takes the others, and the corrected file later", async () => {
    const rows = orders(3);
    const bad = { ...rows[1], 工单状态: "已升天" } as Record<string, string>;
    const given = [rows[0] ?? {}, bad, rows[2] ?? {}];
    const tried = await take("a.csv", csvOf(given), { dryRun: true });
    expect(tried).toMatchObject({ taken: 2 });
    const result = await take("a.csv", csvOf(given));
    expect(result.problems).toEqual([
      {
        at: 3,
        column: "工单状态",
        what: expect.stringMatching(/「已升天」.*hotline-mapping\.csv/s),
      },
    ]);
    await expectEach(2);
    expect(await take("a.csv", csvOf(rows))).toMatchObject({ taken: 1, repeated: 2 });
  });

  it("with a column that nobody mapped is kept out whole: it may be the deadline", async () => {
    const result = await take("a.csv", csvOf([{ ...orders(1)[0], 红灯时间: "2026-11-26" }]));
    expect(result).toMatchObject({ taken: 0, problems: [{ at: 1, column: "红灯时间" }] });
    expect(await take("b.xlsx", Buffer.from("no workbook"))).toMatchObject({
      problems: [{ column: "file" }],
    });
    expect(await take("b.csv", Buffer.from('工单编号,内容\n1,"open'))).toMatchObject({ taken: 0 });
  });
});

describe("a mailbox of orders", () => {
  let server: ImapServer;
  beforeEach(async () => {
    server = await imapServer();
  });
  afterEach(() => server.close());

  const read = () =>
    readMailbox(chat.database, chat.office, LINE, ["gongdan@12345.example"], () =>
      openMailbox(server.url),
    );
  const composer = createTransport({ streamTransport: true, buffer: true });
  const mail = async (subject: string, more: object = {}) => {
    const { message } = await composer.sendMail({
      from: "12345 <gongdan@12345.example>",
      to: "zhihuishi@street.example",
      messageId: `<${subject}@12345.example>`,
      subject,
      ...more,
    });
    return message as Buffer;
  };
  const withFile = (subject: string, rows: readonly Record<string, string>[]) =>
    mail(subject, {
      text: "见附件",
      attachments: [{ filename: "工单.csv", content: csvOf(rows) }],
    });

  it("is emptied: attachments and forms become events, mails are seen and moved", async () => {
    const all = orders(5);
    server.deliver(await withFile("one", all.slice(0, 3)));
    server.deliver(
      await mail("two", {
        attachments: [{ filename: "b.xlsx", content: Buffer.from(await xlsxOf(all.slice(3, 4))) }],
      }),
    );
    const form = Object.entries(all[4] ?? {}).map(([name, value]) => `${name}:${value}`);
    server.deliver(await mail("three", { text: `您好,转单如下\n${form.join("\n")}` }));
    expect(await read()).toBe(3);
    await expectEach(5);
    expect(server.subjectsIn("INBOX")).toEqual([]);
    expect(server.subjectsIn("yihu-done")).toEqual(["one", "two", "three"]);
    expect(server.folders.get("yihu-done")?.every(({ seen }) => seen)).toBe(true);
    expect(await read()).toBe(0);
  });

  it.each(["FETCH", "STORE", "MOVE"])(
    "that hangs up at %s in the middle and is read again loses none and doubles none",
    async (command) => {
      const all = orders(6);
      for (const part of [0, 2, 4])
        server.deliver(await withFile(`part-${part}`, all.slice(part, part + 2)));
      await chat.settle();
      server.hangUpOn.set(command, 1);
      await expect(read()).rejects.toThrow();
      expect(server.subjectsIn("INBOX").length).toBeGreaterThan(0);
      server.hangUpOn.set(command, 1);
      await expect(read()).rejects.toThrow();
      await read();
      await expectEach(6);
      expect(server.subjectsIn("yihu-done")).toHaveLength(3);
    },
  );

  it("has a bad mail put aside and its reason told; what is corrected is read again", async () => {
    const [good = {}, bad = {}] = orders(2);
    server.deliver(await withFile("half", [good, { ...bad, 办理期限: "昨天" }]));
    server.deliver(await mail("spam", { from: "somebody@elsewhere.example", text: "工单编号:1" }));
    server.deliver(await mail("talk", { text: "请查收" }));
    await read();
    expect(server.subjectsIn("yihu-aside")).toEqual(["half", "spam", "talk"]);
    await expectEach(1);
    const told = (await chat.database.orm.select().from(outbox)).map(({ body }) => body);
    const reasons = told.filter(({ kind }) => kind === "hotlineMailAside");
    expect(reasons.map(({ params }) => params.reason).join("\n")).toMatch(
      /第 3 行「办理期限」.*发件人不在.*没有 CSV/s,
    );
    server.deliver(await withFile("half", [good, bad]));
    await read();
    await expectEach(2);
  });

  it("with a wrong password says so and nothing is lost", async () => {
    server.deliver(await withFile("one", orders(1)));
    await expect(openMailbox(server.url.replace("pass%20word", "wrong"))).rejects.toThrow();
    expect(server.subjectsIn("INBOX")).toEqual(["one"]);
  });
});
