import { createTransport } from "nodemailer";
import type { UpwardMailConfig } from "../config.ts";
import type { UpwardGateway } from "./gateway.ts";
import { mailOf } from "./mail.ts";

const CONNECT_MS = 10_000;
/** Shorter than the lease of a letter: a server that hangs is left before another instance tries. */
const SILENT_MS = 30_000;

/** The intranet mail of seed 001. The receipt is the mail's message id. */
export function mailGateway({ smtpUrl, from, to }: UpwardMailConfig): UpwardGateway {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    // A letter's parts are made here; nothing is read from files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    road: "mail",
    async send(letter) {
      const mail = mailOf(letter, { from, to });
      await transport.sendMail(mail);
      return { receipt: mail.messageId };
    },
  };
}
