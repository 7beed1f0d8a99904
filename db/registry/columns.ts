import { z } from "zod";
import type { ContactField } from "../contacts/vault.ts";
import { polygonComplaint } from "./polygon.ts";
import { shown } from "./problem.ts";

/**
 * How the text of a column is kept. Numbers are kept digit by digit, so that an export gives back what
 * was imported; an empty `optionalText`, `number` or `integer` is null in the database.
 */
export type Stored = "text" | "optionalText" | "number" | "integer" | "date" | "list";

export interface Column {
  /** what a cell may hold; its messages end with what to do */
  schema: z.ZodType<string, string>;
  stored: Stored;
  refersTo?: Reference;
  /** kept encrypted, as this field */
  sealed?: ContactField;
}

export interface Reference {
  file: "orgs.csv" | "grids.csv" | "people.csv" | "categories.csv";
  /** of organisations: which types may stand here */
  types?: readonly string[];
}

/** @param complaint - what is wrong with a text, or null */
const cell = (complaint: (text: string) => string | null): z.ZodType<string, string> =>
  z.string().superRefine((text, context) => {
    const message = text.includes("\u0000")
      ? "holds a NUL character, which the database cannot keep. Remove it."
      : complaint(text);
    if (message !== null) context.addIssue({ code: "custom", message });
  });

const unlessEmpty =
  (complaint: (text: string) => string | null) =>
  (text: string): string | null =>
    text === "" ? null : complaint(text);

const LONGEST_CODE = 200;

function codeComplaint(text: string): string | null {
  if (text === "") return "is empty. Fill it in.";
  if (text.length > LONGEST_CODE)
    return `has ${text.length} characters, ${LONGEST_CODE} are allowed. Shorten it.`;
  if (text !== text.trim()) return `${shown(text)} begins or ends with a space. Remove it.`;
  if (/[\u0000-\u001f\u007f;]/.test(text))
    return `${shown(text)} holds a semicolon, a line break or another control character. Remove it.`;
  return null;
}

/** What tells rows apart and what other files refer to. */
export const code = (): Column => ({ stored: "text", schema: cell(codeComplaint) });

export const optionalCode = (): Column => ({
  stored: "optionalText",
  schema: cell(unlessEmpty(codeComplaint)),
});

export const name = (): Column => ({
  stored: "text",
  schema: cell((text) => (text.trim() === "" ? "is empty. Fill it in." : null)),
});

/** Anything, or nothing. */
export const words = (): Column => ({ stored: "optionalText", schema: cell(() => null) });

/** Of a table whose key is one column. */
export const contact = (sealed: ContactField): Column => ({ ...words(), sealed });

const oneOf = (values: readonly string[]) => (text: string) =>
  values.includes(text)
    ? null
    : `${text === "" ? "is empty" : `${shown(text)} is not allowed`}. Write one of: ${values.join(", ")}.`;

export const choice = (values: readonly string[]): Column => ({
  stored: "text",
  schema: cell(oneOf(values)),
});

export const optionalChoice = (values: readonly string[]): Column => ({
  stored: "optionalText",
  schema: cell(unlessEmpty(oneOf(values))),
});

const wholeNumber = (least: number, most: number) => (text: string) =>
  /^(?:0|[1-9]\d{0,8})$/.test(text) && Number(text) >= least && Number(text) <= most
    ? null
    : `${shown(text)} is no whole number from ${least} to ${most}. Correct it.`;

export const integer = (least: number, most: number): Column => ({
  stored: "integer",
  schema: cell(wholeNumber(least, most)),
});

export const optionalInteger = (least: number, most: number): Column => ({
  stored: "integer",
  schema: cell(unlessEmpty(wholeNumber(least, most))),
});

// Other spellings of a number (1.2e2, +120, 007, -0) would come back changed from the database.
const PLAIN_DECIMAL = /^(?!-0(?:\.0+)?$)-?(?:0|[1-9]\d{0,2})(?:\.\d{1,20})?$/;

/** @param most - degrees; −most is the least */
export const degrees = (most: number): Column => ({
  stored: "number",
  schema: cell(
    unlessEmpty((text) =>
      PLAIN_DECIMAL.test(text) && Math.abs(Number(text)) <= most
        ? null
        : `${shown(text)} is no number from -${most} to ${most} such as ${most === 90 ? "28.0153" : "120.6612"}. Correct it, or leave it empty.`,
    ),
  ),
});

export const day = (): Column => ({
  stored: "date",
  schema: cell((text) =>
    isDay(text) ? null : `${shown(text)} is no date such as 2026-10-01. Correct it.`,
  ),
});

function isDay(text: string): boolean {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

export const timeOfDay = (): Column => ({
  stored: "text",
  schema: cell((text) =>
    /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)
      ? null
      : `${shown(text)} is no time such as 08:30. Correct it.`,
  ),
});

export const polygon = (): Column => ({
  stored: "optionalText",
  schema: cell(unlessEmpty(polygonComplaint)),
});

/** Several values with `;` between them, or nothing. */
export const list = (complaint: (item: string) => string | null = () => null): Column => ({
  stored: "list",
  schema: cell(
    unlessEmpty((text) => {
      const items = text.split(";");
      if (items.some((item) => item === ""))
        return `${shown(text)} has an empty entry. Write the entries with one ; between them and none at the end.`;
      for (const item of items) {
        const wrong = complaint(item);
        if (wrong !== null) return wrong;
      }
      return null;
    }),
  ),
});

export const listOf = (values: readonly string[]): Column => list(oneOf(values));

/** The code of a row in another file, or in the database. */
export const reference = (refersTo: Reference): Column => ({ ...code(), refersTo });

/** @param stored - `text` where the empty text is part of a key */
export const optionalReference = (
  refersTo: Reference,
  stored: "text" | "optionalText" = "optionalText",
): Column => ({ ...optionalCode(), stored, refersTo });

export const references = (refersTo: Reference): Column => ({ ...list(codeComplaint), refersTo });
