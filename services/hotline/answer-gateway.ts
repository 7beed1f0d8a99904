import type { Clock } from "../clock.ts";
import type { AnswerRoad } from "../domain/hotline/answer.ts";
import type { HotlineConfig } from "../hotline-config.ts";
import { mailTransport } from "../mail-transport.ts";
import { signedPost } from "../signed-post.ts";
import type { AnswerLetter } from "./answer-letter.ts";

/** A road on which a hotline is told. */
export interface AnswerGateway {
  road: AnswerRoad;
  /**
   * Sends a letter once; the same again is the same to whoever gets it.
   *
   * @returns what the other side gave back, or by what it can be found there
   * @throws when it did not arrive; trying again later may help
   */
  send(letter: AnswerLetter): Promise<{ receipt: string }>;
}

/** Posted where an address is set, else mailed; null: answers wait for an export. @param real - of signatures */
export function openAnswerGateway(config: HotlineConfig, real: Clock): AnswerGateway | null {
  if (config.postUrl !== null && config.secret !== null)
    return postGateway(config.postUrl, config.secret, real);
  return config.mail === null ? null : mailGateway(config.mail);
}

const LONGEST_RECEIPT = 200;

const postGateway = (url: string, secret: string, real: Clock): AnswerGateway => ({
  road: "rest",
  async send({ id, data }) {
    const { ok, status, text } = await signedPost(
      { url, secret },
      id,
      JSON.stringify(data),
      real,
      null,
    );
    if (!ok) throw new Error(`HTTP ${status}`);
    const said = text.slice(0, LONGEST_RECEIPT).trim();
    return { receipt: said === "" ? `HTTP ${status}` : said };
  },
});

/** A form as readable as the ones that come in, and the same as JSON for a machine. */
function mailGateway({ smtpUrl, from, to }: NonNullable<HotlineConfig["mail"]>): AnswerGateway {
  const transport = mailTransport(smtpUrl);
  return {
    road: "mail",
    async send({ id, subject, fields, data }) {
      const messageId = `<${id}.answer@${from.split("@").at(-1)}>`;
      await transport.sendMail({
        messageId,
        from,
        to,
        subject,
        text: fields.map(([name, value]) => `${name}:${value}`).join("\n"),
        attachments: [
          {
            filename: `${data.orderNo}.json`,
            content: JSON.stringify(data, null, 2),
            contentType: "application/json",
          },
        ],
      });
      return { receipt: messageId };
    },
  };
}
