import { z } from "zod";
import type { ProblemSaid } from "./problem.ts";

/** `?limit&cursor` of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional().describe("`nextCursor` of the page before"),
};

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe("null on the last page"),
  });

/** A position in a list, for the client to give back; it says nothing to it. */
export const cursorOf = (...position: string[]): string =>
  Buffer.from(JSON.stringify(position)).toString("base64url");

/** The position in a cursor; null where it is none of ours. @param parts - how many parts it has */
export function positionIn(cursor: string, parts: number): string[] | null {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const fits =
      Array.isArray(position) &&
      position.length === parts &&
      position.every((part) => typeof part === "string");
    return fits ? position : null;
  } catch {
    return null;
  }
}

/**
 * Cuts a page from rows that were read one beyond the limit, so that the last page is known as such.
 *
 * @param cursor - the cursor of a row
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursor: (row: Row) => string,
): { rows: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: rows.length > limit && last !== undefined ? cursor(last) : null,
  };
}

export const badCursor: ProblemSaid = {
  status: 400,
  code: "invalidRequest",
  title: "The cursor is not valid",
  detail: "cursor 无效。请原样传回上一页的 nextCursor,或去掉它从头读取。",
  errors: [{ field: "querystring.cursor", message: "not a cursor of this list" }],
};
