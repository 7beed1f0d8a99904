import type { Role } from "../../../services/domain/actor.ts";
import type { Command } from "../../../services/domain/understanding.ts";

/** Numbers stand in the text as private signs from here on: the first number is U+E000. */
export const NUMBER_SIGN = 0xe000;

/** A phrase that orders something. */
export interface Verb {
  /** matched at the place where the verb may begin */
  pattern: RegExp;
  /** may stand after another verb without a number of its own: 「受理 SJ… 判三级 交办给环卫所」 */
  mayFollow?: true;
  /** takes free words up to the end; a later verb counts only beside a number */
  takesNote?: true;
  /** never after another verb, and nothing when another verb follows: 「呼叫单 HJ…」 */
  opensOnly?: true;
  /**
   * Too ordinary a word to be an order without a number: 「转」. `call`: unless said among the departments
   * of a call; roles: unless said by one of them, as a responder's 「收到」.
   */
  needs?: "number" | "call" | readonly Role[];
  read(part: CommandPart): Command[];
}

/** A verb with what belongs to it. */
export interface CommandPart {
  /** the words of the verb as said */
  said: string;
  /** the numbers that belong to this verb; empty when none was named */
  numbers: readonly string[];
  /** what follows the verb, numbers taken out */
  rest: string;
}

export const namesCall = (part: CommandPart): boolean =>
  part.numbers.some((no) => no.startsWith("HJ"));

/** One command for each number named, or one without a number. */
export function command(
  part: CommandPart,
  action: string,
  fields: Partial<Omit<Command, "action" | "no">> = {},
): Command[] {
  const targets = part.numbers.length > 0 ? part.numbers : [null];
  return targets.map((no) => ({
    action,
    no,
    otherNo: null,
    level: null,
    platform: null,
    orgName: null,
    supportNames: [],
    personName: null,
    workdays: null,
    grade: null,
    approved: null,
    note: part.rest,
    ...fields,
  }));
}
