/** Personal numbers in a text, the longest first: ID numbers, bank cards, mobile and fixed phones. */
const ID_NUMBER =
  /(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/g;
const BANK_CARD = /(?<![\dA-Za-z])[3-6]\d{3}(?:[ -]?\d{4}){2,3}[ -]?\d{1,4}(?![\dA-Za-z])/g;
const MOBILE = /(?<!\d)(?:(?:\+|00)86[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)/g;
/** With area code, in brackets or not, with extension or not: (0577)8888 8866-801. */
const LANDLINE =
  /(?<!\d)(?:(?:\+|00)86[ -]?)?[(（]?(0\d{2,3})[)）]?[- ]?(\d{3,4}[- ]?\d{4})(?:(?:-|转) ?\d{1,5})?(?!\d)/g;
const ABROAD_LANDLINE =
  /(?<!\d)(?:\+|00)86[ -]?([1-9]\d{1,2})[- ](\d{3,4}[- ]?\d{4})(?:-\d{1,5})?(?!\d)/g;
/** Without area code a number is a phone's only where it is called one. */
const LOCAL_LINE = /(?<=(?:电话|座机|号码|致电|联系)[是为:： ]{0,3})[2-8]\d{2,3}[- ]?\d{4}(?!\d)/g;

/** Each of them holds four digits in a row: one quick look for the many texts that hold none. */
const MAY_BE_PERSONAL = /\d{4}/;

/**
 * Hides what belongs to a person: 13800000001 → 138****0001; ID numbers and bank cards keep their last
 * four signs; a fixed line keeps its area code and the last two
 * digits, no extension. Numbers of events and tickets,
 * dates, amounts and short public numbers (110, 12345) stay.
 */
export function maskPersonalData(text: string): string {
  if (!MAY_BE_PERSONAL.test(text)) return text;
  return text
    .replace(ID_NUMBER, (found) => `**************${found.slice(-4)}`)
    .replace(BANK_CARD, (found) => `************${found.slice(-4)}`)
    .replace(MOBILE, (_found, head: string, _middle: string, tail: string) => `${head}****${tail}`)
    .replace(
      ABROAD_LANDLINE,
      (_found, area: string, line: string) => `0${area}-*****${line.slice(-2)}`,
    )
    .replace(LOCAL_LINE, (found) => `*****${found.slice(-2)}`)
    .replace(LANDLINE, (_found, area: string, line: string) => `${area}-*****${line.slice(-2)}`);
}

/** Whether the text holds a number that `maskPersonalData` would hide. */
export const hasPersonalData = (text: string): boolean => maskPersonalData(text) !== text;

/** Whoever called a hotline is known beside the order; in words that groups read they have no name. */
export const withoutName = (words: string, name: string | null): string =>
  name === null || name.trim().length < 2 ? words : words.replaceAll(name.trim(), "来电人");
