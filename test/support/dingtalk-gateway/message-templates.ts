import { apiError, type Reply } from "./http-exchange.ts";

/** The fields of each `msgKey`; what a person reads of it stands first. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  sampleText: ["content"],
  sampleMarkdown: ["text", "title"],
  sampleImageMsg: ["photoURL"],
  sampleLink: ["text", "title", "picUrl", "messageUrl"],
  sampleActionCard: ["text", "title", "singleTitle", "singleURL"],
  sampleActionCard2: ["text", "title", ...actions(2)],
  sampleActionCard3: ["text", "title", ...actions(3)],
  sampleActionCard4: ["text", "title", ...actions(4)],
  sampleActionCard5: ["text", "title", ...actions(5)],
  sampleActionCard6: ["text", "title", "buttonTitle1", "buttonUrl1", "buttonTitle2", "buttonUrl2"],
  sampleAudio: ["mediaId", "duration"],
  sampleFile: ["fileName", "mediaId", "fileType"],
  sampleVideo: ["videoMediaId", "duration", "videoType", "picMediaId"],
};

const MOST_BYTES = 15_000;

/** The text that people read, or the error of a `msgParam` that does not fit its `msgKey`. */
export function textOfTemplate(msgKey: unknown, msgParam: unknown): string | Reply {
  const names = TEMPLATES[String(msgKey)];
  if (names === undefined) return apiError(400, "invalidParameter.msgKey", "msgKey 不存在");
  if (typeof msgParam !== "string") {
    return apiError(400, "invalidParameter.msgParam", "msgParam must be a JSON string");
  }
  if (Buffer.byteLength(msgParam) > MOST_BYTES) {
    return apiError(400, "invalidParameter.msgParam.tooLong", "msgParam has more than 15000 bytes");
  }
  const values = parse(msgParam);
  const missing = names.find((name) => typeof values?.[name] !== "string" || values[name] === "");
  if (missing !== undefined)
    return apiError(400, "invalidParameter.msgParam", `${missing} is missing`);
  return String(values?.[names[0] ?? ""]);
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}

function actions(count: number): string[] {
  return Array.from({ length: count }, (_, index) => [
    `actionTitle${index + 1}`,
    `actionURL${index + 1}`,
  ]).flat();
}
