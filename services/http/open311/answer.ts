import { XMLBuilder } from "fast-xml-parser";
import type { FastifyReply } from "fastify";

/** The formats of GeoReport v2, as the end of an address names them. */
export const FORMATS = ["json", "xml"] as const;
export type Format = (typeof FORMATS)[number];

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** What an answer is called in XML: the root and, of a list, each of its items. */
export interface Names {
  root: string;
  item?: string;
}

const builder = new XMLBuilder({ suppressEmptyNode: true });

/** One answer in either format. In XML `attributes` and `values` hold their own items. */
export function sendOpen311(
  reply: FastifyReply,
  format: Format,
  names: Names,
  value: Value,
): FastifyReply {
  if (format === "json") return reply.type("application/json; charset=utf-8").send(value);
  const inside = names.item === undefined ? value : { [names.item]: value };
  const body = builder.build({ [names.root]: nested(inside) });
  return reply
    .type("text/xml; charset=utf-8")
    .send(`<?xml version="1.0" encoding="utf-8"?>\n${body}`);
}

/** Lists inside an object bear the name of one of their items below their own: attributes → attribute. */
function nested(value: Value): Value {
  if (Array.isArray(value)) return value.map(nested);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      Array.isArray(inner) && key.endsWith("s")
        ? { [key.slice(0, -1)]: nested(inner) }
        : nested(inner),
    ]),
  );
}

/** A refusal as GeoReport v2 words it: a list of code and description. */
export class Open311Error extends Error {
  readonly status: 400 | 403 | 404 | 429;
  constructor(status: 400 | 403 | 404 | 429, description: string) {
    super(description);
    this.status = status;
  }
}

export const sendRefusal = (
  reply: FastifyReply,
  format: Format,
  status: number,
  description: string,
): FastifyReply =>
  sendOpen311(reply.code(status), format, { root: "errors", item: "error" }, [
    { code: status, description },
  ]);
