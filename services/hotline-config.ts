import { z } from "zod";
import { HOTLINE_LINES, HOTLINE_NAMES, type HotlineLine } from "./domain/hotline/line.ts";
import { protocolOf, webAddress } from "./setting-values.ts";

/** By which roads one hotline and we exchange orders; null: not by this one. Files always can. */
export interface HotlineConfig {
  /** both sign with it: their orders by POST, our answers by POST */
  secret: string | null;
  /** where answers are posted to */
  postUrl: string | null;
  /** the mailbox that orders come into */
  inbox: { imapUrl: string; senders: readonly string[] } | null;
  /** answers by mail, where they are not posted */
  mail: { smtpUrl: string; from: string; to: string } | null;
}

export type HotlinesConfig = Readonly<Record<HotlineLine, HotlineConfig>>;

const secret = (name: string) =>
  z
    .string()
    .refine(
      (text) =>
        /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text) &&
        Buffer.from(text.slice(6), "base64").length >= 24,
      {
        error: `${name} must be whsec_ and at least 24 random bytes in Base64. Make one with \`echo whsec_$(openssl rand -base64 32)\`, and give the same to the hotline.`,
      },
    )
    .optional();

const imapUrl = (name: string) =>
  z
    .string()
    .refine((text) => /^imaps?:$/.test(protocolOf(text)), {
      error: `${name} must look like imaps://user:password@mail.example.gov.cn:993. Correct it, or remove it to read no mail.`,
    })
    .optional();

const smtpUrl = (name: string) =>
  z
    .string()
    .refine((text) => /^smtps?:$/.test(protocolOf(text)), {
      error: `${name} must look like smtp://user:password@mail.example.gov.cn:587. Correct it, or remove it to send no mail.`,
    })
    .optional();

const ADDRESS = /^[^\s@<>,]+@[^\s@<>,]+$/;

const address = (name: string) =>
  z
    .string()
    .regex(ADDRESS, {
      error: `${name} must be a mail address such as gongdan@hotline.example. Correct it, or remove it.`,
    })
    .optional();

const addresses = (name: string) =>
  z
    .string()
    .transform((text) => text.split(",").map((one) => one.trim().toLowerCase()))
    .refine((list) => list.every((one) => ADDRESS.test(one)), {
      error: `${name} lists the mail addresses that orders come from, separated by commas. Correct it.`,
    })
    .optional();

export const HOTLINE_SETTINGS = {
  HOTLINE_12345_SECRET: secret("HOTLINE_12345_SECRET"),
  HOTLINE_12345_POST_URL: webAddress(
    "HOTLINE_12345_POST_URL",
    "https://12345.example.gov.cn/yihu",
  ).optional(),
  HOTLINE_12345_IMAP_URL: imapUrl("HOTLINE_12345_IMAP_URL"),
  HOTLINE_12345_SENDERS: addresses("HOTLINE_12345_SENDERS"),
  HOTLINE_12345_SMTP_URL: smtpUrl("HOTLINE_12345_SMTP_URL"),
  HOTLINE_12345_MAIL_FROM: address("HOTLINE_12345_MAIL_FROM"),
  HOTLINE_12345_MAIL_TO: address("HOTLINE_12345_MAIL_TO"),
  HOTLINE_8890_SECRET: secret("HOTLINE_8890_SECRET"),
  HOTLINE_8890_POST_URL: webAddress(
    "HOTLINE_8890_POST_URL",
    "https://8890.example.gov.cn/yihu",
  ).optional(),
  HOTLINE_8890_IMAP_URL: imapUrl("HOTLINE_8890_IMAP_URL"),
  HOTLINE_8890_SENDERS: addresses("HOTLINE_8890_SENDERS"),
  HOTLINE_8890_SMTP_URL: smtpUrl("HOTLINE_8890_SMTP_URL"),
  HOTLINE_8890_MAIL_FROM: address("HOTLINE_8890_MAIL_FROM"),
  HOTLINE_8890_MAIL_TO: address("HOTLINE_8890_MAIL_TO"),
};

const Settings = z.object(HOTLINE_SETTINGS);

export const hotlinesConfig = (e: z.infer<typeof Settings>): HotlinesConfig => ({
  hotline12345: lineConfig(
    e.HOTLINE_12345_SECRET,
    e.HOTLINE_12345_POST_URL,
    e.HOTLINE_12345_IMAP_URL,
    e.HOTLINE_12345_SENDERS,
    e.HOTLINE_12345_SMTP_URL,
    e.HOTLINE_12345_MAIL_FROM,
    e.HOTLINE_12345_MAIL_TO,
  ),
  hotline8890: lineConfig(
    e.HOTLINE_8890_SECRET,
    e.HOTLINE_8890_POST_URL,
    e.HOTLINE_8890_IMAP_URL,
    e.HOTLINE_8890_SENDERS,
    e.HOTLINE_8890_SMTP_URL,
    e.HOTLINE_8890_MAIL_FROM,
    e.HOTLINE_8890_MAIL_TO,
  ),
});

/** Without any road but files. */
export const NO_HOTLINES: HotlinesConfig = {
  hotline12345: lineConfig(),
  hotline8890: lineConfig(),
};

function lineConfig(
  key?: string,
  postUrl?: string,
  imap?: string,
  senders?: readonly string[],
  smtp?: string,
  from?: string,
  to?: string,
): HotlineConfig {
  return {
    secret: key ?? null,
    postUrl: postUrl ?? null,
    inbox: imap === undefined || senders === undefined ? null : { imapUrl: imap, senders },
    mail:
      smtp === undefined || from === undefined || to === undefined
        ? null
        : { smtpUrl: smtp, from, to },
  };
}

/** What only makes sense together, for each line. */
export function hotlineProblems(env: Record<string, string | undefined>): string[] {
  return HOTLINE_LINES.flatMap((line) => {
    const name = (of: string) => `HOTLINE_${HOTLINE_NAMES[line]}_${of}`;
    const absent = (...of: string[]) => of.map(name).filter((one) => env[one] === undefined);
    const problems: string[] = [];
    if (env[name("POST_URL")] !== undefined && env[name("SECRET")] === undefined)
      problems.push(
        `${name("SECRET")} is missing. Answers by ${name("POST_URL")} are signed with it; set both, or neither.`,
      );
    if (absent("IMAP_URL", "SENDERS").length === 1)
      problems.push(
        `${absent("IMAP_URL", "SENDERS").join()} is missing. Orders by mail want the mailbox and whose mails are orders; set both, or neither.`,
      );
    const mail = absent("SMTP_URL", "MAIL_FROM", "MAIL_TO");
    if (mail.length === 1 || mail.length === 2)
      problems.push(
        `${mail.join(" and ")} ${mail.length === 1 ? "is" : "are"} missing. Answers by mail need all three; set all of them, or none.`,
      );
    const other = HOTLINE_LINES.find((one) => one !== line);
    if (
      line === HOTLINE_LINES[0] &&
      other !== undefined &&
      env[name("SECRET")] !== undefined &&
      env[name("SECRET")] === env[`HOTLINE_${HOTLINE_NAMES[other]}_SECRET`]
    )
      problems.push(
        "HOTLINE_12345_SECRET and HOTLINE_8890_SECRET are the same. Make one for each, or one hotline could speak for the other.",
      );
    return problems;
  });
}
