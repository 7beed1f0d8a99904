import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { fileTypeFromBuffer } from "file-type";
import { z } from "zod";
import {
  type ReadLine,
  readTranscript,
  recordTranscriptLine,
  SAID_BY_USER,
} from "../../../../db/queries/sandbox.ts";
import {
  readCategoryNames,
  readGroup,
  readGroups,
} from "../../../../db/queries/sandbox-district.ts";
import type { Attachment } from "../../../domain/incoming.ts";
import { ownerOfPrivateChat, privateChatOf } from "../../../domain/sandbox-chat.ts";
import { isoLocal } from "../../../domain/time.ts";
import type { SandboxDeps } from "../sandbox.ts";
import { Problem, problem } from "./problem.ts";
import { LARGEST_PICTURE, SpeakBody, toIncoming, type Where } from "./speak.ts";
import { Understood, understoodFrom } from "./understood.ts";

/** Three pictures as base64, and the words. */
const LARGEST_BODY = 3 * Math.ceil((LARGEST_PICTURE * 4) / 3) + 100_000;

export const PICTURE_TYPES = ["image/jpeg", "image/png", "image/gif", "image/webp"];

const Line = z.object({
  id: z.string(),
  at: z.string(),
  from: z.string(),
  text: z.string(),
  messageId: z.string().nullable(),
  pictures: z.array(z.string()),
  understood: Understood.nullable(),
});

export function messageRoutes(plain: FastifyInstance, deps: SandboxDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/sandbox/messages",
    {
      bodyLimit: LARGEST_BODY,
      schema: {
        tags: ["sandbox"],
        summary: "A message arrives, as if typed in a chat",
        body: SpeakBody,
        response: { 202: z.object({ messageId: z.string() }), "4xx": Problem },
      },
    },
    async (request, reply) => {
      const said = request.body;
      if (said.text.trim() === "" && said.attachments.length === 0) {
        return problem(reply, 400, "fieldRequired", "text 是空的。请写点什么,或者发一张图片。");
      }
      const where = await placeOf(said.conversationId, deps);
      if (where === null) return unknownConversation(reply, said.conversationId, deps);
      const owner = ownerOfPrivateChat(said.conversationId);
      if (owner !== null && owner !== said.userId) {
        return problem(
          reply,
          400,
          "invalidValue",
          `${said.conversationId} 是 ${owner} 和机器人的私聊。请以 ${owner} 的身份说,或改用 ${privateChatOf(said.userId)}。`,
        );
      }

      const pictures: Attachment[] = [];
      for (const sent of said.attachments) {
        const bytes = Buffer.from(sent.dataBase64, "base64");
        if (bytes.length > LARGEST_PICTURE) {
          return problem(reply, 413, "invalidValue", "图片超过 5 MB。请换一张小一点的。");
        }
        const type = await fileTypeFromBuffer(bytes);
        if (type === undefined || !PICTURE_TYPES.includes(type.mime)) {
          return problem(
            reply,
            415,
            "invalidValue",
            "附件不是 JPEG、PNG、GIF 或 WebP 图片。请换成其中一种。",
          );
        }
        const ref = await deps.pictures.keep(bytes);
        pictures.push({ kind: "picture", ref, fileName: sent.name ?? null, transcript: null });
      }

      const message = toIncoming(said, where, pictures, deps.clock.now());
      // The line first: the bot may answer as soon as the message is stored, and its answer comes after.
      // A crash in between leaves a line that was never acknowledged; a repeat with the same id heals it.
      await recordTranscriptLine(deps.db, {
        key: `${SAID_BY_USER}${message.dedupeKey}`,
        conversationId: said.conversationId,
        from: said.userId,
        text: said.text,
        at: message.sentAt,
      });
      await deps.store(message);
      return reply.code(202).send({ messageId: message.dedupeKey });
    },
  );

  app.get(
    "/sandbox/messages",
    {
      schema: {
        tags: ["sandbox"],
        summary: "What was said and sent in a conversation, in order",
        querystring: z.object({
          conversationId: z.string().min(1).max(200).optional(),
          /** alone: this person's private chat */
          userId: z.string().min(1).max(100).optional(),
          /** only what came after this id */
          after: z.uuid().optional(),
          /** the newest before this id */
          before: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(5000).default(5000),
        }),
        response: { 200: z.object({ items: z.array(Line) }), "4xx": Problem },
      },
    },
    async (request, reply) => {
      const { userId, after, before, limit } = request.query;
      const conversationId =
        request.query.conversationId ?? (userId === undefined ? undefined : privateChatOf(userId));
      if (conversationId === undefined) {
        return problem(
          reply,
          400,
          "fieldRequired",
          "没有说是哪个会话。请给 conversationId;看私聊给 userId 即可。",
        );
      }
      const lines = await readTranscript(deps.db, { conversationId, after, before, limit });
      if (lines.length === 0 && (await placeOf(conversationId, deps)) === null) {
        return unknownConversation(reply, conversationId, deps);
      }
      const names = await readCategoryNames(deps.db);
      return { items: lines.map((line) => shown(line, names)) };
    },
  );
}

function shown(line: ReadLine, names: ReadonlyMap<string, string>): z.infer<typeof Line> {
  return {
    id: line.id,
    at: isoLocal(line.at),
    from: line.from,
    text: line.text,
    messageId: line.key.startsWith(SAID_BY_USER) ? line.key.slice(SAID_BY_USER.length) : null,
    pictures: line.attachments
      .filter((attachment) => attachment.kind === "picture")
      .map((attachment) => `/sandbox/pictures/${attachment.ref}`),
    understood: understoodFrom(line.reading, names),
  };
}

async function placeOf(conversationId: string, deps: SandboxDeps): Promise<Where | null> {
  const owner = ownerOfPrivateChat(conversationId);
  if (owner !== null) return owner === "" ? null : { type: "private", title: null };
  const group = await readGroup(deps.db, conversationId);
  return group === null ? null : { type: "group", title: group.name };
}

/** Enough to find one's way without a district's whole list. */
const NAMED_AT_MOST = 20;

async function unknownConversation(
  reply: Parameters<typeof problem>[0],
  conversationId: string,
  deps: SandboxDeps,
) {
  const groups = await readGroups(deps.db);
  const known = groups.slice(0, NAMED_AT_MOST).map((group) => group.conversationId);
  return problem(
    reply,
    404,
    "notFound",
    `没有会话「${conversationId.slice(0, 80)}」。${
      known.length === 0
        ? "登记册里还没有群,请先导入 groups.csv"
        : `现有:${known.join("、")}${groups.length > known.length ? " 等(全部见 GET /sandbox/conversations)" : ""}`
    };私聊写 private:<userId>。`,
    { conversations: known },
  );
}
