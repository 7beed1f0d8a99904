import { describe, expect, it } from "vitest";
import { attachmentType } from "../../../bot/channels/attachment-type.ts";
import { zipOf } from "./zip-of.ts";

const ascii = (text: string) => new TextEncoder().encode(text);
const bytes = (...parts: (Uint8Array | number[])[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))));
const padding = new Uint8Array(64);

const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0], padding);
const PNG = bytes(
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13],
  ascii("IHDR"),
  new Uint8Array(17),
  [0, 0, 0, 0],
  ascii("IDAT"),
  padding,
);
const GIF = bytes(ascii("GIF89a"), padding);
const WEBP = bytes(ascii("RIFF"), [64, 0, 0, 0], ascii("WEBPVP8 "), padding);
const HEIC = bytes([0, 0, 0, 24], ascii("ftypheic"), padding);
const AMR = bytes(ascii("#!AMR\n"), padding);
const MP3 = bytes(ascii("ID3"), [4, 0, 0, 0, 0, 0, 0], [0xff, 0xfb, 0x90, 0x44], padding);
const WAV = bytes(ascii("RIFF"), [64, 0, 0, 0], ascii("WAVEfmt "), padding);
const OGG = bytes(ascii("OggS"), new Uint8Array(24), ascii("OpusHead"), padding);
const MP4 = bytes([0, 0, 0, 24], ascii("ftypisom"), padding);
const PDF = bytes(ascii("%PDF-1.7\n"), padding);
const CFB = bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], new Uint8Array(512));
const EXE = bytes(ascii("MZ"), padding);
const MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml";

describe("a file is what its bytes are", () => {
  it.each([
    ["jpg", JPEG, "picture", "image/jpeg"],
    ["png", PNG, "picture", "image/png"],
    ["gif", GIF, "picture", "image/gif"],
    ["webp", WEBP, "picture", "image/webp"],
    ["heic", HEIC, "picture", "image/heic"],
    ["amr", AMR, "audio", "audio/amr"],
    ["mp3", MP3, "audio", "audio/mpeg"],
    ["wav", WAV, "audio", "audio/wav"],
    ["ogg", OGG, "audio", "audio/ogg"],
    ["mp4", MP4, "video", "video/mp4"],
    ["pdf", PDF, "file", "application/pdf"],
  ] as const)("%s is kept", async (_name, content, kind, mime) => {
    expect(await attachmentType(content, kind)).toMatchObject({ ok: true, mime });
    expect(await attachmentType(content, "file")).toMatchObject({ ok: true, mime });
  });

  it.each([
    ["word/document.xml", "wordprocessingml.document.main+xml", "docx"],
    ["xl/workbook.xml", "spreadsheetml.sheet.main+xml", "xlsx"],
    ["ppt/presentation.xml", "presentationml.presentation.main+xml", "pptx"],
  ])("an Office file is kept: %s", async (path, type, extension) => {
    expect(await attachmentType(office(path, type), "file")).toMatchObject({ ok: true, extension });
  });

  it("an Office file of before 2007 is kept by its name, an installer of the same shape is not", async () => {
    expect(await attachmentType(CFB, "file", "通知.DOC")).toMatchObject({
      ok: true,
      mime: "application/msword",
    });
    expect(await attachmentType(CFB, "file", "setup.msi")).toMatchObject({ ok: false });
    expect(await attachmentType(CFB, "picture", "通知.doc")).toMatchObject({ ok: false });
  });

  it.each([
    ["a program called photo.jpg", EXE, "picture"],
    ["a paper sent as a picture", PDF, "picture"],
    ["a picture sent as speech", JPEG, "audio"],
    ["a page", ascii("<html><script>alert(1)</script></html>"), "file"],
    ["a drawing with scripts", ascii('<svg xmlns="http://www.w3.org/2000/svg"></svg>'), "picture"],
    ["an archive", zipOf({ "a.txt": "x" }), "file"],
    ["an Office file with macros", office("word/document.xml", MACRO), "file"],
    ["nothing", new Uint8Array(), "file"],
    ["half a picture", PNG.slice(0, 5), "picture"],
  ] as const)("%s is refused, saying what is possible", async (_name, content, kind) => {
    expect(await attachmentType(content, kind, "photo.jpg")).toMatchObject({
      ok: false,
      reason: expect.stringContaining("可以发照片"),
    });
  });
});

function office(path: string, type: string): Uint8Array {
  const full = type.includes("/") ? type : `application/vnd.openxmlformats-officedocument.${type}`;
  return zipOf({
    "[Content_Types].xml": `<Types><Override PartName="/${path}" ContentType="${full}"/></Types>`,
    [path]: "<x/>",
  });
}
