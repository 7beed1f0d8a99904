import { ImapFlow } from "imapflow";

/** Where mails lie after they were read. */
export const MAIL_FOLDERS = { done: "yihu-done", aside: "yihu-aside" } as const;

/** A mailbox that orders come into, opened. */
export interface Mailbox {
  /** the mails in the inbox, oldest first */
  waiting(): Promise<{ uid: number; bytes: number }[]>;
  /** a mail as it came; null where it is gone meanwhile */
  source(uid: number): Promise<Buffer | null>;
  /** marks a mail as seen and moves it out of the inbox */
  file(uid: number, to: keyof typeof MAIL_FOLDERS): Promise<void>;
  close(): Promise<void>;
}

const CONNECT_MS = 10_000;
const SILENT_MS = 60_000;

/** @param imapUrl - `imaps://user:password@host:port`; `imap://` takes TLS where the server offers it */
export async function openMailbox(imapUrl: string): Promise<Mailbox> {
  const url = new URL(imapUrl);
  const secure = url.protocol === "imaps:";
  const client = new ImapFlow({
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 993 : 143) : Number(url.port),
    secure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
  });
  // What breaks fails the call that waits for it; an event that nobody hears would end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.mailboxOpen("INBOX");
  } catch (error) {
    client.close();
    throw error;
  }
  return {
    async waiting() {
      const found: { uid: number; bytes: number }[] = [];
      if (client.mailbox === false || client.mailbox.exists === 0) return found;
      for await (const { uid, size } of client.fetch("1:*", { uid: true, size: true }))
        found.push({ uid, bytes: size ?? 0 });
      return found.sort((one, other) => one.uid - other.uid);
    },
    async source(uid) {
      const mail = await client.fetchOne(String(uid), { source: true }, { uid: true });
      return mail === false ? null : (mail.source ?? null);
    },
    async file(uid, to) {
      const folder = MAIL_FOLDERS[to];
      await client.messageFlagsAdd(String(uid), ["\\Seen"], { uid: true });
      const moved = await client.messageMove(String(uid), folder, { uid: true }).catch(() => false);
      if (moved !== false) return;
      await client.mailboxCreate(folder);
      if ((await client.messageMove(String(uid), folder, { uid: true })) === false)
        throw new Error(
          `The mail server did not move a mail to ${folder}. Create that folder there.`,
        );
    },
    async close() {
      await client.logout().catch(() => client.close());
    },
  };
}
