import type { SendMailOptions } from "nodemailer";
import type { UpwardLetter } from "./letter.ts";

/** A letter as a mail. Its id is made from the letter's, so that a repeat bears the same. */
export function mailOf(
  letter: UpwardLetter,
  { from, to }: { from: string; to: string },
): SendMailOptions & { messageId: string } {
  const domain = from.split("@").at(-1) ?? "yihu.invalid";
  const form =
    letter.pdf === null
      ? { filename: `${letter.name}.html`, content: letter.html, contentType: "text/html" }
      : {
          filename: `${letter.name}.pdf`,
          content: Buffer.from(letter.pdf),
          contentType: "application/pdf",
        };
  return {
    messageId: `<${letter.id}.${letter.name}@${domain}>`,
    from,
    to,
    subject: letter.subject,
    text: letter.text,
    attachments: [
      form,
      {
        filename: `${letter.name}.json`,
        content: JSON.stringify(letter.data, null, 2),
        contentType: "application/json",
      },
    ],
  };
}
