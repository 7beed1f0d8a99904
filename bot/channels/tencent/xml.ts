import { XMLParser, XMLValidator } from "fast-xml-parser";

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  // Nothing in a callback needs entities, and a definition may grow without end.
  processEntities: false,
});

/** The fields of `<xml>…</xml>` as texts; null for anything else, a text that ends too early among them. */
export function readXml(text: string): Record<string, unknown> | null {
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) return null;
  try {
    const root: unknown = parser.parse(text)?.xml;
    return typeof root === "object" && root !== null ? (root as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** A field as text; undefined where it is absent or no text. */
export const textOf = (fields: Readonly<Record<string, unknown>>, name: string) => {
  const value = fields[name];
  return typeof value === "string" ? value : undefined;
};

/** A flat document; numbers stand bare, as the platforms write them. */
export function writeXml(fields: Readonly<Record<string, string | number>>): string {
  const parts = Object.entries(fields).map(([name, value]) =>
    typeof value === "number"
      ? `<${name}>${value}</${name}>`
      : `<${name}><![CDATA[${value.replaceAll("]]>", "]]]]><![CDATA[>")}]]></${name}>`,
  );
  return `<xml>${parts.join("")}</xml>`;
}
