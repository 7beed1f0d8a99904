import type { UpwardMailConfig } from "../config.ts";
import { mailTransport } from "../mail-transport.ts";
import type { UpwardGateway } from "./gateway.ts";
import { mailOf } from "./mail.ts";

/** The intranet mail of seed 001. The receipt is the mail's message id. */
export function mailGateway({ smtpUrl, from, to }: UpwardMailConfig): UpwardGateway {
  const transport = mailTransport(smtpUrl);
  return {
    road: "mail",
    async send(letter) {
      const mail = mailOf(letter, { from, to });
      await transport.sendMail(mail);
      return { receipt: mail.messageId };
    },
  };
}
