import { createTransport } from "nodemailer";
import type { Database } from "../../db/client.ts";
import { hotlineTroubles } from "../../db/queries/hotline.ts";
import type { Clock } from "../clock.ts";
import { HOTLINE_LINES, HOTLINE_NAMES } from "../domain/hotline/line.ts";
import { MINUTE_MS } from "../domain/time.ts";
import { openMailbox } from "../hotline/mailbox.ts";
import type { HotlinesConfig } from "../hotline-config.ts";
import { type Finding, failed, ok, reasonOf, warning } from "./finding.ts";

const WITHIN_MS = 8_000;
/** An order is an event a moment after it came; this long means that nobody makes events. */
const TOO_LONG_MS = 10 * MINUTE_MS;

/** Whether the mail servers of the hotlines let us in; nothing is read or sent. */
export async function checkHotlineRoads(hotlines: HotlinesConfig): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const line of HOTLINE_LINES) {
    const { inbox, mail, postUrl, secret } = hotlines[line];
    const name = HOTLINE_NAMES[line];
    if (inbox !== null)
      findings.push(
        await reached(`${name} mailbox`, `HOTLINE_${name}_IMAP_URL`, async () => {
          const box = await openMailbox(inbox.imapUrl);
          const waiting = (await box.waiting()).length;
          await box.close();
          return `open, ${waiting} mails wait`;
        }),
      );
    if (postUrl === null && mail !== null)
      findings.push(
        await reached(`${name} answers`, `HOTLINE_${name}_SMTP_URL`, async () => {
          const transport = createTransport({
            url: mail.smtpUrl,
            connectionTimeout: WITHIN_MS,
            greetingTimeout: WITHIN_MS,
          });
          await transport.verify();
          transport.close();
          return `the mail server takes mails for ${mail.to}`;
        }),
      );
    if (postUrl !== null) findings.push(ok(`${name} answers`, "posted, signed"));
    if (secret !== null && inbox === null && postUrl === null && mail === null)
      findings.push(
        warning(
          `${name} answers`,
          "orders are posted here and no road leads back",
          `Set HOTLINE_${name}_POST_URL or HOTLINE_${name}_SMTP_URL, or export them: npm run hotline:export.`,
        ),
      );
  }
  return findings;
}

/** Orders without an event, answers that were given up, mails that were put aside. */
export async function checkHotlineOrders(database: Database, clock: Clock): Promise<Finding[]> {
  const before = new Date(clock.now().getTime() - TOO_LONG_MS);
  const { waiting, failed: unsent, aside } = await hotlineTroubles(database, before);
  return [
    ...(waiting === 0
      ? []
      : [
          failed(
            "hotline orders",
            `${waiting} have been without an event for ten minutes`,
            "Look whether a process with the role bot runs, and into its log.",
          ),
        ]),
    ...(unsent === 0
      ? []
      : [
          warning(
            "hotline answers",
            `${unsent} were given up`,
            "Export and upload them: npm run hotline:export -- LINE --out FILE.xlsx --hand-over.",
          ),
        ]),
    ...(aside === 0
      ? []
      : [
          warning(
            "hotline mails",
            `${aside} were put aside`,
            "Look into the folder yihu-aside of the mailbox; what is corrected goes back into the inbox.",
          ),
        ]),
  ];
}

async function reached(what: string, setting: string, work: () => Promise<string>) {
  try {
    return ok(what, await work());
  } catch (error) {
    return failed(what, `no entry (${reasonOf(error)})`, `Check ${setting} and the network.`);
  }
}
