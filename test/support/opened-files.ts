import { inflateSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { XMLParser } from "fast-xml-parser";
import { strFromU8, unzipSync } from "fflate";

/** What stands in files that the product made, read as another program would. */

// biome-ignore lint/suspicious/noExplicitAny: XML of any shape
type Xml = any;

const xml = (text: string): Xml =>
  new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => ["row", "c", "si"].includes(name),
  }).parse(text);

export interface SheetCell {
  /** `n` for a number, `s` for text, `f` for a formula */
  kind: string;
  text: string;
}

/** The first sheet of an XLSX file, row by row; cells that are not there are empty. */
export function xlsxCells(bytes: Uint8Array): SheetCell[][] {
  const files = unzipSync(bytes);
  const text = (path: string) => strFromU8(files[path] ?? new Uint8Array());
  const shared: string[] = (xml(text("xl/sharedStrings.xml")).sst?.si ?? []).map(
    (one: Xml) => one.t?.["#text"] ?? one.t ?? "",
  );
  const rows = xml(text("xl/worksheets/sheet1.xml")).worksheet.sheetData.row as Xml[];
  return rows.map((row) => {
    const cells: SheetCell[] = [];
    for (const one of (row.c ?? []) as Xml[]) {
      const at = columnOf(String(one["@_r"]));
      while (cells.length < at) cells.push({ kind: "s", text: "" });
      const isText = one["@_t"] === "s";
      const text = isText ? (shared[Number(one.v)] ?? "") : String(one.v ?? one.is?.t ?? "");
      cells.push({ kind: one.f !== undefined ? "f" : isText ? "s" : "n", text });
    }
    return cells;
  });
}

const columnOf = (cell: string): number =>
  [...(/^[A-Z]+/.exec(cell)?.[0] ?? "A")].reduce(
    (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
    0,
  ) - 1;

/** A sheet or a CSV as objects by the titles of its first row. */
export function byTitle(rows: readonly (readonly string[])[]): Record<string, string>[] {
  const [titles = [], ...rest] = rows;
  return rest.map((row) =>
    Object.fromEntries(titles.map((title, at) => [title, row[at] ?? ""] as const)),
  );
}

export const csvRows = (bytes: Uint8Array): string[][] =>
  parse(Buffer.from(bytes), { bom: true, relax_column_count: true });

/** The words of a DOCX file: a line a paragraph, cells of a table row joined by `|`. */
export function docxLines(bytes: Uint8Array): string[] {
  const body = strFromU8(unzipSync(bytes)["word/document.xml"] ?? new Uint8Array());
  const rowsMarked = body.replace(/<w:tr[ >].*?<\/w:tr>/gs, (row) => {
    const cells = [...row.matchAll(/<w:tc[ >].*?<\/w:tc>/gs)].map(([cell]) => textOf(cell));
    return `<w:p><w:t>${cells.join("|")}</w:t></w:p>`;
  });
  return [...rowsMarked.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) => textOf(paragraph));
}

const textOf = (part: string): string =>
  [...part.matchAll(/<w:t(?: [^>]*)?>(.*?)<\/w:t>/gs)]
    .map(([, text]) => text ?? "")
    .join("")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");

/** The words of a PDF that embeds its fonts with their meanings, as pdfkit does; without spaces and lines. */
export function pdfText(bytes: Uint8Array): string {
  const file = Buffer.from(bytes).toString("latin1");
  const streams = [...file.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(([, data]) => {
    try {
      return [inflateSync(Buffer.from(data ?? "", "latin1")).toString("latin1")];
    } catch {
      return [];
    }
  });
  const maps = streams.filter((text) => text.includes("beginbfrange")).map(meanings);
  const pages = streams.filter((text) => /\bTJ?\b/.test(text) && text.includes("BT"));
  const read = (map: ReadonlyMap<string, string> | undefined, hex: string) =>
    (hex.match(/.{4}/g) ?? []).map((code) => map?.get(code.toLowerCase()) ?? "").join("");
  return pages
    .map((page) => {
      let all = "";
      // Which of the fonts it is, is not looked at: read by the wrong one a word is nonsense, and harmless.
      for (const [, shown = ""] of page.matchAll(/\[([^\]]*)\] TJ/g))
        for (const map of maps) {
          const hexes = [...shown.matchAll(/<([0-9a-fA-F]+)>/g)].map(([, hex]) => hex ?? "");
          all += `${hexes.map((hex) => read(map, hex)).join("")} `;
        }
      return all;
    })
    .join("");
}

function meanings(cmap: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const [, from, , list] of cmap.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    const signs = [...(list ?? "").matchAll(/<([0-9a-f]+)>/gi)].map(([, hex]) => hex ?? "");
    signs.forEach((hex, at) => {
      const code = (Number.parseInt(from ?? "0", 16) + at).toString(16).padStart(4, "0");
      map.set(code, Buffer.from(hex, "hex").swap16().toString("utf16le"));
    });
  }
  return map;
}
