import type { Db } from "../db/client.ts";
import { eventsOfOrderNos } from "../db/queries/hotline.ts";
import { hotlineNamed } from "../services/domain/hotline/line.ts";

/** 「12345 工单 2026112200123」, 「12345转来2026112200123」: the line, some words, its number. */
const WITH_LINE =
  /(?<![A-Za-z0-9])(12345|8890)(?:热线)?(?:平台)?(?:转来|转办|转派|派来|转单|工单|单号|编号|单|的|号|[ ::#-])*([A-Za-z0-9][A-Za-z0-9_-]{4,59})/g;
/** Without the line a number has to be long enough not to be anything else; `WZ-2026-11-26-0005` is one too. */
const BARE =
  /(?<![A-Za-z0-9_-])(?=[A-Za-z_-]{0,16}\d)[A-Za-z0-9][A-Za-z0-9_-]{7,59}(?![A-Za-z0-9_-])/g;

/**
 * Officials may call an event by its hotline's number, in every command: what is known as one is put in
 * as the number of the event. What is unknown, or two lines' own, is left as it was written.
 */
export async function withEventNumbers(db: Db, text: string): Promise<string> {
  if (!/\d{4}/.test(text)) return text;
  const replaced = await replace(db, text, WITH_LINE, ([, line = "", no = ""]) => ({ line, no }));
  return replace(db, replaced, BARE, ([no]) => ({ line: null, no }));
}

async function replace(
  db: Db,
  text: string,
  pattern: RegExp,
  read: (match: RegExpMatchArray) => { line: string | null; no: string },
): Promise<string> {
  let after = "";
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const { line, no } = read(match);
    const found = /^[SH]J\d{8}-/.test(no)
      ? []
      : await eventsOfOrderNos(db, [no], line === null ? null : hotlineNamed(line));
    const [only, ...others] = new Set(found.map(({ eventNo }) => eventNo));
    after += text.slice(end, match.index);
    after += only === undefined || others.length > 0 ? match[0] : `${only} `;
    end = match.index + match[0].length;
  }
  return after + text.slice(end);
}
