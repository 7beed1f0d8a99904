import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";

export interface StoredMail {
  uid: number;
  source: Buffer;
  seen: boolean;
}

/** A small IMAP server that real clients speak with over a real socket: as much of RFC 3501 as they need. */
export interface ImapServer {
  url: string;
  folders: Map<string, StoredMail[]>;
  /** what clients said, without their passwords */
  heard: string[];
  /** a mail arrives; returns its uid */
  deliver(source: string | Buffer): number;
  /** how often the next commands of this name are answered by hanging up */
  hangUpOn: Map<string, number>;
  subjectsIn(folder: string): string[];
  close(): Promise<void>;
}

const USER = "gongdan";
const PASSWORD = "pass word";

export async function imapServer(): Promise<ImapServer> {
  const folders = new Map<string, StoredMail[]>([["INBOX", []]]);
  const heard: string[] = [];
  const hangUpOn = new Map<string, number>();
  const sockets = new Set<Socket>();
  let nextUid = 1;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    converse(socket, { folders, heard, hangUpOn });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `imap://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`,
    folders,
    heard,
    hangUpOn,
    deliver(source) {
      const uid = nextUid++;
      folders.get("INBOX")?.push({ uid, source: Buffer.from(source), seen: false });
      return uid;
    },
    subjectsIn: (folder) =>
      (folders.get(folder) ?? []).map(
        ({ source }) => /^Subject: (.*)$/m.exec(source.toString())?.[1]?.trim() ?? "",
      ),
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

type World = Pick<ImapServer, "folders" | "heard" | "hangUpOn">;

function converse(socket: Socket, { folders, heard, hangUpOn }: World): void {
  let selected: string | null = null;
  let authenticated = false;
  let text = "";
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const mails = () => (selected === null ? [] : (folders.get(selected) ?? []));
  say("* OK [CAPABILITY IMAP4rev1 MOVE UIDPLUS NAMESPACE] ready");
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    for (;;) {
      const end = text.indexOf("\r\n");
      if (end < 0) return;
      const line = text.slice(0, end);
      text = text.slice(end + 2);
      answer(line);
    }
  });

  function answer(line: string): unknown {
    const [tag = "*", word = "", ...rest] = line.split(" ");
    const byUid = word.toUpperCase() === "UID";
    const command = (byUid ? rest.shift() : word)?.toUpperCase() ?? "";
    const args = rest.join(" ");
    heard.push(command === "LOGIN" ? command : `${command} ${args}`.trim());
    const left = hangUpOn.get(command) ?? 0;
    if (left > 0) {
      hangUpOn.set(command, left - 1);
      return socket.destroy();
    }
    const ok = (what = command) => say(`${tag} OK ${what} done`);
    const no = (why: string) => say(`${tag} NO ${why}`);
    switch (command) {
      case "CAPABILITY":
        say("* CAPABILITY IMAP4rev1 MOVE UIDPLUS NAMESPACE");
        return ok();
      case "LOGIN": {
        const [user, password] = words(args);
        authenticated = user === USER && password === PASSWORD;
        return authenticated ? ok() : no("[AUTHENTICATIONFAILED] wrong user or password");
      }
      case "LOGOUT":
        say("* BYE");
        ok();
        return socket.end();
    }
    if (!authenticated) return no("log in first");
    switch (command) {
      case "NAMESPACE":
        say('* NAMESPACE (("" "/")) NIL NIL');
        return ok();
      case "LIST":
      case "LSUB":
        for (const name of folders.keys()) say(`* ${command} () "/" "${name}"`);
        return ok();
      case "CREATE": {
        const [name = ""] = words(args);
        if (folders.has(name)) return no("[ALREADYEXISTS] it exists");
        folders.set(name, []);
        return ok();
      }
      case "SELECT":
      case "EXAMINE": {
        const [name = ""] = words(args);
        if (!folders.has(name)) return no("[NONEXISTENT] no such folder");
        selected = name;
        say(`* ${mails().length} EXISTS`);
        say("* 0 RECENT");
        say("* FLAGS (\\Seen)");
        say("* OK [PERMANENTFLAGS (\\Seen \\*)] flags");
        say("* OK [UIDVALIDITY 1] uids");
        say(`* OK [UIDNEXT ${Math.max(0, ...mails().map(({ uid }) => uid)) + 1}] next`);
        return say(`${tag} OK [READ-WRITE] ${command} done`);
      }
      case "FETCH": {
        const [set = "", ...items] = rest;
        for (const [index, mail] of mails().entries())
          if (isIn(set, byUid ? mail.uid : index + 1)) fetched(index, mail, items.join(" "));
        return ok();
      }
      case "STORE": {
        const [set = ""] = rest;
        for (const mail of mails()) if (isIn(set, mail.uid)) mail.seen = true;
        return ok();
      }
      case "MOVE": {
        const [set = "", ...name] = rest;
        const target = folders.get(words(name.join(" "))[0] ?? "");
        if (target === undefined) return no("[TRYCREATE] no such folder");
        for (const mail of [...mails()]) {
          if (!isIn(set, mail.uid)) continue;
          target.push(mail);
          const at = mails().indexOf(mail);
          mails().splice(at, 1);
          say(`* ${at + 1} EXPUNGE`);
        }
        return ok();
      }
      default:
        return ok();
    }
  }

  function fetched(index: number, { uid, source, seen }: StoredMail, items: string): unknown {
    const head = `* ${index + 1} FETCH (UID ${uid} FLAGS (${seen ? "\\Seen" : ""}) RFC822.SIZE ${source.length}`;
    if (!/BODY(?:\.PEEK)?\[\]/i.test(items)) return say(`${head})`);
    socket.write(`${head} BODY[] {${source.length}}\r\n`);
    socket.write(source);
    return say(")");
  }
}

/** Atoms and quoted strings. */
const words = (args: string): string[] =>
  [...args.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, atom]) =>
    quoted === undefined ? (atom ?? "") : quoted.replace(/\\(.)/g, "$1"),
  );

const isIn = (set: string, number: number): boolean =>
  set.split(",").some((part) => {
    const [from = "", to = from] = part.split(":");
    return number >= Number(from) && (to === "*" || number <= Number(to));
  });
