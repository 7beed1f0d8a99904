import { z } from "zod";
import { cleanText } from "./clean-text.ts";

/** A field of the wrong type counts as absent: one odd field must not cost the whole message. */
const words = z.string().transform(cleanText).optional().catch(undefined);

/** Real ids have up to about 60 characters; what is far longer would not fit into a database index. */
const someId = z
  .union([z.string().max(512), z.number()])
  .transform((value) => cleanText(String(value)).trim());

const id = someId
  .transform((value) => value || undefined)
  .optional()
  .catch(undefined);

const code = z.string().min(1).transform(cleanText).optional().catch(undefined);

/** Milliseconds, as a number or as digits: the documentation says one, the frames carry the other. */
const moment = z
  .union([
    z.number().int(),
    z
      .string()
      .regex(/^\d{1,16}$/)
      .transform(Number),
  ])
  .refine((ms) => ms > 0 && ms <= LATEST_MS)
  .transform((ms) => new Date(ms))
  .optional()
  .catch(undefined);

/** The last moment of the year 9999, which is as far as databases and ISO dates go. */
const LATEST_MS = 253_402_300_799_999;

const downloadable = { downloadCode: code, pictureDownloadCode: code };

const richTextItem = z.object({ type: words, text: words, ...downloadable }).catch({
  type: undefined,
  text: undefined,
  downloadCode: undefined,
  pictureDownloadCode: undefined,
});

const content = z
  .object({
    ...downloadable,
    recognition: words,
    fileName: words,
    unknownMsgType: words,
    richText: z.array(richTextItem).optional().catch(undefined),
  })
  .optional()
  .catch(undefined);

const fromJson = (value: unknown) => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/**
 * The body of topic `/v1.0/im/bot/messages/get`. Only `msgId` is needed: DingTalk leaves fields out
 * before the app is published, for people outside the organisation, and whole bodies when the month's
 * quota is used up.
 */
export const RobotMessage = z.object({
  msgId: someId.refine((value) => value !== "", { error: "msgId is empty" }),
  robotCode: id,
  msgtype: words,
  conversationId: id,
  conversationType: id,
  conversationTitle: words,
  chatbotUserId: id,
  senderId: id,
  senderStaffId: id,
  senderNick: words,
  isInAtList: z.boolean().optional().catch(undefined),
  atUsers: z
    .array(z.object({ dingtalkId: id }))
    .optional()
    .catch(undefined),
  createAt: moment,
  sessionWebhook: z.string().optional().catch(undefined),
  sessionWebhookExpiredTime: moment,
  errorMessage: words,
  text: z.object({ content: words }).optional().catch(undefined),
  // Some clients send the content once more as JSON text.
  content: z.preprocess(fromJson, content),
});

export type RobotMessage = z.infer<typeof RobotMessage>;
export type RichTextItem = z.infer<typeof richTextItem>;
