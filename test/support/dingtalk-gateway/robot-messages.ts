import type { World } from "./world.ts";

/** What somebody sends: the words of a text message, or a body of another type. */
export type Said =
  | string
  | { picture: Uint8Array }
  | { richText: readonly (string | { picture: Uint8Array })[] }
  | { audio: Uint8Array; recognition: string }
  | { video: Uint8Array }
  | { file: Uint8Array; fileName: string }
  | { quoting: string; text: string }
  | { unknown: string }
  /** fields as they are, over everything else; undefined leaves a field out */
  | { raw: Record<string, unknown> };

/** Delivered in private chats only. */
export const isPrivateOnly = (said: Said): boolean =>
  typeof said === "object" && ("audio" in said || "video" in said || "file" in said);

/** Stores a file and gives the code it is fetched by. */
export function putFile(world: World, bytes: Uint8Array, url: string | null = null): string {
  const code = world.nextId("download/code+");
  world.files.set(code, { bytes, url });
  return code;
}

/** The type and body fields of a robot message. */
export function bodyOf(said: Said, isGroup: boolean, world: World): Record<string, unknown> {
  // In groups DingTalk takes the mention out and leaves its blank.
  const typed = (text: string) => (isGroup ? ` ${text}` : text);
  const file = (bytes: Uint8Array) => ({ downloadCode: putFile(world, bytes) });
  const picture = (bytes: Uint8Array) => {
    const downloadCode = putFile(world, bytes);
    return { downloadCode, pictureDownloadCode: downloadCode };
  };
  if (typeof said === "string") return { msgtype: "text", text: { content: typed(said) } };
  if ("raw" in said) return said.raw;
  if ("picture" in said) return { msgtype: "picture", content: picture(said.picture) };
  if ("audio" in said) {
    const { audio, recognition } = said;
    return { msgtype: "audio", content: { ...file(audio), duration: 3_000, recognition } };
  }
  if ("video" in said) {
    return { msgtype: "video", content: { ...file(said.video), duration: 5, videoType: "mp4" } };
  }
  if ("file" in said) {
    const { fileName } = said;
    return {
      msgtype: "file",
      content: { ...file(said.file), fileName, fileId: "1", spaceId: "1" },
    };
  }
  if ("unknown" in said) {
    return { msgtype: "unknownMsgType", content: { unknownMsgType: said.unknown } };
  }
  if ("quoting" in said) {
    const repliedMsg = { msgType: "text", msgId: "msgquoted", content: { text: said.quoting } };
    return { msgtype: "text", text: { content: typed(said.text), isReplyMsg: true, repliedMsg } };
  }
  const richText = said.richText.map((item) =>
    typeof item === "string" ? { text: item } : { type: "picture", ...picture(item.picture) },
  );
  return { msgtype: "richText", content: { richText } };
}
