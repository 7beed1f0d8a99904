import { createHash } from "node:crypto";
import PostalMime, { type Email } from "postal-mime";
import type { Database } from "../../../db/client.ts";
import { readHotlineMapping } from "../../../db/queries/hotline.ts";
import { findHotlineMail, noteHotlineMail } from "../../../db/queries/hotline-calls.ts";
import { insertOutbox } from "../../../db/queries/outbox.ts";
import { HOTLINE_NAMES, type HotlineLine } from "../../domain/hotline/line.ts";
import { readMailForm } from "../../hotline/mail-form.ts";
import { MAIL_FOLDERS, type Mailbox } from "../../hotline/mailbox.ts";
import { commandRoomAddresses } from "../addresses.ts";
import type { Office } from "../office.ts";
import { takeFeed, takeSheet } from "./take-feed.ts";
import type { TakenOrders } from "./take-orders.ts";

/** Larger ones are not fetched: a file of 20,000 orders is some 10 MB. */
const MOST_BYTES = 30 * 1024 * 1024;
const MOST_TOLD = 5;

/**
 * Reads the mails of a hotline: each mail's orders are committed, then the mail is remembered by its
 * Message-ID, then marked and moved. Whatever breaks between two of these, the next run goes on there and
 * takes nothing twice. A mail that could not be read whole is put aside, and the command room told why.
 *
 * @param senders - addresses whose mails are orders, in small letters
 * @returns how many mails were read
 */
export async function readMailbox(
  database: Database,
  office: Office,
  line: HotlineLine,
  senders: readonly string[],
  open: () => Promise<Mailbox>,
): Promise<number> {
  const box = await open();
  try {
    let read = 0;
    for (const { uid, bytes } of await box.waiting()) {
      const outcome = await readMail(database, office, line, senders, box, uid, bytes);
      if (outcome === null) continue;
      await box.file(uid, outcome);
      read += 1;
    }
    return read;
  } finally {
    await box.close();
  }
}

async function readMail(
  database: Database,
  office: Office,
  line: HotlineLine,
  senders: readonly string[],
  box: Mailbox,
  uid: number,
  bytes: number,
): Promise<"done" | "aside" | null> {
  if (bytes > MOST_BYTES) {
    const reason = "邮件超过 30 MB,没有下载。请让热线按日期分几封发。";
    return note(`uid:${uid}:${bytes}`, "(太大)", { ...NOTHING, reason });
  }
  const source = await box.source(uid);
  if (source === null) return null;
  const mail = await PostalMime.parse(source);
  const digest = createHash("sha256").update(source).digest("hex");
  // A Message-ID is the sender's own: with another body it is another mail.
  const id = `${(mail.messageId ?? "").slice(0, 200)} ${digest.slice(0, 32)}`.trim();
  const known = await findHotlineMail(database, line, id);
  // What was put aside and lies in the inbox again was put there to be read anew.
  if (known?.outcome === "done") return "done";
  return note(id, mail.subject ?? "", await readOrders(database, office, line, senders, mail));

  async function note(messageId: string, subject: string, { orders, reason }: Read) {
    await database.transaction(async (tx) => {
      const at = office.clock.now();
      const outcome = reason === null ? "done" : "aside";
      await noteHotlineMail(tx, { line, messageId, at, outcome, orders, reason });
      if (reason !== null) {
        const params = {
          line: HOTLINE_NAMES[line],
          subject: subject.slice(0, 60),
          reason,
          folder: MAIL_FOLDERS.aside,
        };
        const told = createHash("sha256").update(`${messageId}${reason}`).digest("hex");
        await insertOutbox(
          tx,
          (await commandRoomAddresses(tx, office, null)).map(({ key, to }) => ({
            key: `hotlineMail:${told.slice(0, 32)}:${key}`,
            to,
            priority: "notice" as const,
            body: { kind: "hotlineMailAside", params },
            createdAt: at,
          })),
        );
      }
    });
    return reason === null ? ("done" as const) : ("aside" as const);
  }
}

/** What became of a mail. */
interface Read {
  orders: number;
  /** why somebody has to look; null: everything was taken */
  reason: string | null;
}

const NOTHING: Read = { orders: 0, reason: null };

async function readOrders(
  database: Database,
  office: Office,
  line: HotlineLine,
  senders: readonly string[],
  mail: Email,
): Promise<Read> {
  const from = mail.from?.address?.toLowerCase() ?? "";
  if (!senders.includes(from))
    return { ...NOTHING, reason: "发件人不在约定的名单里,没有读取。是热线的请加入 SENDERS 设置。" };
  const sheets = mail.attachments.filter(({ filename }) => /\.(?:csv|xlsx)$/i.test(filename ?? ""));
  const results: { of: string; result: TakenOrders }[] = [];
  for (const { filename, content } of sheets) {
    const file = { name: filename ?? "", bytes: bytesOf(content) };
    results.push({
      of: file.name,
      result: await takeSheet(database, office, line, file, { road: "mail" }),
    });
  }
  if (sheets.length === 0) {
    const mapping = await readHotlineMapping(database, line);
    const rows = readMailForm(mail.text ?? textOf(mail.html ?? ""), mapping);
    if (rows.length === 0)
      return {
        ...NOTHING,
        reason: "没有 CSV 或 XLSX 附件,正文里也没有「工单编号:…」。请让热线按约定的格式发。",
      };
    results.push({
      of: "正文",
      result: await takeFeed(database, office, line, rows, "mail", mapping),
    });
  }
  const orders = results.reduce(
    (sum, { result: { taken, updated, repeated } }) => sum + taken + updated + repeated,
    0,
  );
  const problems = results.flatMap(({ of, result }) =>
    result.problems.map(({ at, column, what }) => `${of} 第 ${at} 行「${column}」:${what}`),
  );
  const more = problems.length - MOST_TOLD;
  return {
    orders,
    reason:
      problems.length === 0
        ? null
        : [...problems.slice(0, MOST_TOLD), ...(more > 0 ? [`另有 ${more} 处。`] : [])].join("\n"),
  };
}

const bytesOf = (content: string | ArrayBuffer | Uint8Array): Uint8Array =>
  typeof content === "string" ? Buffer.from(content) : new Uint8Array(content);

/** An HTML mail without a text beside it: its lines. */
const textOf = (html: string): string =>
  html
    .replace(/<(?:br|\/p|\/div|\/tr|\/li)\b[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
