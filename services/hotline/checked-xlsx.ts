import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";
import { zipSync } from "fflate";

const inflate = promisify(inflateRaw);

/** 20,000 orders with long texts are some 40 MB of XML. */
const MOST_UNPACKED_BYTES = 64 * 1024 * 1024;
const MOST_PARTS = 1000;
/** Empty rows and columns cost as much as full ones: the reader makes a table of them. */
const MOST_SHEET_ROWS = 100_000;
const MOST_CELLS = 4_000_000;

export type CheckedXlsx =
  | { ok: true; bytes: Uint8Array }
  /** Chinese, fit to be said to the sender */
  | { ok: false; reason: string };

const TOO_LARGE = "解压后太大。请只导出工单所在的一页,或按日期分几次导出。";
const TOO_WIDE = "表格的行列太多(可能是大片空行)。请删去空行空列,或另存为 CSV。";
const BROKEN = "不是能打开的 XLSX 文件。请重新导出,或另存为 CSV。";

/**
 * An XLSX file that is safe to be read: a few kilobytes can unpack to gigabytes, and one cell can ask for
 * a million rows. What comes back is packed anew, so the reader sees what was looked at and nothing else.
 */
export async function checkedXlsx(file: Uint8Array): Promise<CheckedXlsx> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const parts: Record<string, Uint8Array> = {};
  let left = MOST_UNPACKED_BYTES;
  try {
    const listed = partsOf(bytes).filter(({ name }) => /\.(?:xml|rels)$/.test(name));
    for (const { name, method, packed } of listed) {
      const unpacked =
        method === STORED ? packed : await inflate(packed, { maxOutputLength: Math.max(left, 1) });
      left -= unpacked.length;
      if (left < 0) return { ok: false, reason: TOO_LARGE };
      if (/\/worksheets\/[^/]*\.xml$/.test(name) && !isOfBearableSize(unpacked))
        return { ok: false, reason: TOO_WIDE };
      parts[name] = unpacked;
    }
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    return { ok: false, reason: isTooLarge ? TOO_LARGE : BROKEN };
  }
  return { ok: true, bytes: zipSync(parts, { level: 0 }) };
}

const STORED = 0;
const DEFLATED = 8;
const END_SIGNATURE = Buffer.from("PK\u0005\u0006", "latin1");
const ENTRY_SIGNATURE = 0x02014b50;

/** What a ZIP lists at its end; throws where it is none. */
function partsOf(zip: Buffer): { name: string; method: number; packed: Buffer }[] {
  const end = zip.lastIndexOf(END_SIGNATURE);
  if (end < 0) throw new Error("no ZIP");
  const count = zip.readUInt16LE(end + 10);
  if (count > MOST_PARTS) throw new Error("too many parts");
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    if (zip.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new Error("no entry");
    const method = zip.readUInt16LE(at + 10);
    if (method !== STORED && method !== DEFLATED) throw new Error("packed in another way");
    const length = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    return { name, method, packed: zip.subarray(start, start + length) };
  });
}

const OPENED = /<(?:[^\s<>/=]+:)?(?:row|c)(?=[\s/>])/g;
const WELL_FORMED =
  /<(?:[^\s<>/=]+:)?(row|c)((?:\s+[^\s<>/="']+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g;
const PLACE = /\sr\s*=\s*(?:"([^"]*)"|'([^']*)')/;

/** By its rows and cells, wherever they say that they stand; what hides its place is not read. */
function isOfBearableSize(sheet: Uint8Array): boolean {
  const xml = Buffer.from(sheet.buffer, sheet.byteOffset, sheet.byteLength).toString("latin1");
  let rows = 0;
  let columns = 0;
  let counted = 0;
  let rowsCounted = 0;
  let opened = 0;
  for (const [, tag, attributes = ""] of xml.matchAll(WELL_FORMED)) {
    counted += 1;
    if (tag === "row") rowsCounted += 1;
    if (rowsCounted > MOST_SHEET_ROWS || counted > MOST_CELLS) return false;
    const found = PLACE.exec(attributes);
    const place = found?.[1] ?? found?.[2];
    if (place === undefined) continue;
    const [, letters, number] = /^([A-Z]{0,3})(\d{1,7})$/.exec(place) ?? [];
    if (letters === undefined || (tag === "row") !== (letters === "")) return false;
    rows = Math.max(rows, Number(number), rowsCounted);
    columns = Math.max(columns, columnOf(letters));
    if (rows > MOST_SHEET_ROWS || rows * columns > MOST_CELLS) return false;
  }
  for (const _ of xml.matchAll(OPENED)) opened += 1;
  return counted === opened;
}

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
