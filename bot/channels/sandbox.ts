import type { Db } from "../../db/client.ts";
import { recordTranscriptLine, SAID_BY_BOT } from "../../db/queries/sandbox.ts";
import type { Clock } from "../../services/clock.ts";
import { privateChatOf } from "../../services/domain/sandbox-chat.ts";
import type { SandboxPictures } from "../../services/sandbox-pictures.ts";
import { AttachmentError } from "./attachment-error.ts";
import type { Addressee, Channel } from "./channel.ts";

export interface SandboxChannelDeps {
  db: Db;
  /** the product's clock: what is said bears its time */
  clock: Clock;
  pictures: SandboxPictures;
}

/**
 * The simulated channel: what is sent becomes a line of the transcript, exactly once per message key.
 * It listens to nothing; what people say arrives by `POST /sandbox/messages`.
 */
export function sandboxChannel({ db, clock, pictures }: SandboxChannelDeps): Channel {
  let state: "ready" | "stopped" = "ready";
  let since = clock.now();
  const enter = (next: typeof state) => {
    state = next;
    since = clock.now();
  };

  return {
    name: "sandbox",
    capabilities: {
      groupHearing: "mentionsOnly",
      cards: false,
      edits: false,
      markdown: false,
      stream: false,
      voice: false,
      location: true,
      proactive: "always",
      quotas: [],
    },
    start: async () => enter("ready"),
    stop: async () => enter("stopped"),
    async send(message) {
      if (message.text.trim() === "") return { outcome: "refused", reason: "the message is empty" };
      const id = await recordTranscriptLine(db, {
        key: `${SAID_BY_BOT}${message.key}`,
        conversationId: conversationOf(message.to),
        from: "bot",
        text: message.text,
        at: clock.now(),
      });
      return { outcome: "sent", platformMessageId: id };
    },
    async fetchAttachment(attachment) {
      const bytes = await pictures.read(attachment.ref);
      if (bytes === null) {
        throw new AttachmentError(
          "gone",
          "The picture is not in the sandbox's folder. Instances that share a sandbox need one DATA_DIR.",
        );
      }
      return { bytes, fileName: attachment.fileName };
    },
    health: () => ({ state, since, detail: null }),
  };
}

const conversationOf = (to: Addressee): string =>
  to.type === "conversation" ? to.conversationId : privateChatOf(to.platformUserId);
