import { createHash } from "node:crypto";
import type { Db } from "../db/client.ts";
import { writeAudit } from "../db/queries/audit.ts";
import { findGroup } from "../db/queries/directory.ts";
import { type Actor, isOfficial } from "../services/domain/actor.ts";
import type { IncomingMessage } from "../services/domain/incoming.ts";
import { relayedSender } from "../services/domain/relayed-sender.ts";
import { readRelay } from "./understanding/relay.ts";

/** A resident's words that an official passed on: who did, in which message, and for whom. */
export interface Relay {
  by: Actor;
  message: IncomingMessage;
  /** whom the answer is to be told, as the official called them */
  name: string | null;
}

/** A message as it is answered: its own, or the resident's in it. */
export interface Spoken {
  speaker: Actor;
  message: IncomingMessage;
  relay: Relay | null;
}

/**
 * 「转报 张阿姨说:…」: what an official passes on is the resident's report, said in private, with the
 * resident's rights and none of the official's. Of whoever is nobody's official it is a message as any.
 */
export async function spokenBy(db: Db, speaker: Actor, message: IncomingMessage): Promise<Spoken> {
  const relayed = isOfficial(speaker) ? readRelay(message.text) : null;
  if (relayed === null) return { speaker, message, relay: null };
  const { name, phone, words } = relayed;
  const account = message.sender.platformUserId;
  const resident = relayedSender(
    account,
    // Without a name each report is somebody else's.
    digestOf([db.site, account, phone ?? name ?? message.dedupeKey]),
  );
  const gridCode = await gridOf(db, speaker, message);
  return {
    speaker: {
      personId: null,
      name: null,
      orgCode: null,
      streetCode: speaker.streetCode,
      roles: [],
      gridCodes: [],
      channel: message.channel,
      platformUserId: resident,
    },
    message: {
      ...message,
      conversation: { id: `private:${resident}`, type: "private", title: null },
      sender: { platformUserId: resident, nick: null },
      text: words,
      reply: null,
      source: "groupMessage",
      onBehalfOf: name === null && phone === null ? null : { name, phone },
      ...(gridCode === null ? {} : { gridCode }),
    },
    relay: { by: speaker, message, name },
  };
}

/** Where the words belong if they name no place: to the group, else to the only grid of who passes them on. */
async function gridOf(db: Db, speaker: Actor, message: IncomingMessage): Promise<string | null> {
  const { id, type } = message.conversation;
  const group = type === "group" ? await findGroup(db, message.channel, id) : null;
  if (group?.gridCode != null) return group.gridCode;
  const [only, ...others] = speaker.gridCodes;
  return only === undefined || others.length > 0 ? null : only;
}

const digestOf = (parts: readonly string[]): string =>
  createHash("sha256").update(parts.join("\u001f")).digest("hex").slice(0, 16);

/** Who passed on what became an event. */
export async function auditRelay(
  tx: Db,
  { by }: Relay,
  eventNos: readonly string[],
  at: Date,
): Promise<void> {
  for (const no of eventNos) {
    await writeAudit(tx, {
      at,
      actor: by,
      action: "relay",
      subject: { type: "event", no },
      outcome: "done",
    });
  }
}
