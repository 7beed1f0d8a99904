import { HOTLINE_FIELD_WORDS, HOTLINE_FIELDS, type HotlineField } from "./field.ts";
import type { HotlineLine } from "./line.ts";
import {
  HOTLINE_ACTION_WORDS,
  HOTLINE_ASKS,
  HOTLINE_STATE_WORDS,
  HOTLINE_STATES,
  type HotlineState,
} from "./state.ts";

/** What a line of hotline-mapping.csv is about; `answer` says how a state of ours is called in answers. */
export const MAPPING_KINDS = ["field", "state", "action", "category", "answer"] as const;
export type MappingKind = (typeof MAPPING_KINDS)[number];

/** One line of hotline-mapping.csv: the hotline's own name, and ours. */
export interface MappingRow {
  line: HotlineLine;
  kind: MappingKind;
  theirs: string;
  ours: string;
}

export const HOTLINE_ACTIONS = ["new", "due", ...HOTLINE_ASKS] as const;
export type HotlineAction = (typeof HOTLINE_ACTIONS)[number];

/** What may stand as `ours`; a category is a slug of the catalog. */
export const MAPPED_TO: Record<Exclude<MappingKind, "category">, readonly string[]> = {
  field: HOTLINE_FIELDS,
  state: HOTLINE_STATES,
  action: HOTLINE_ACTIONS,
  answer: HOTLINE_STATES,
};

/** How one line speaks: its words for ours. Names are compared without spaces. */
export interface HotlineMapping {
  fieldOf(theirs: string): HotlineField | null;
  stateOf(theirs: string): HotlineState | null;
  actionOf(theirs: string): HotlineAction | null;
  categoryOf(theirs: string): string | null;
  wordOf(state: HotlineState): string;
}

/** @param rows - the district's own lines, of any line and kind; they go before the usual words */
export function hotlineMapping(line: HotlineLine, rows: readonly MappingRow[]): HotlineMapping {
  const own = rows.filter((row) => row.line === line);
  const table = <T extends string>(kind: MappingKind, usual: Record<T, readonly string[]>) => {
    const words = new Map<string, T>();
    for (const [ours, theirs] of Object.entries(usual) as [T, readonly string[]][]) {
      words.set(plain(ours), ours);
      for (const word of theirs) words.set(plain(word), ours);
    }
    for (const row of own) if (row.kind === kind) words.set(plain(row.theirs), row.ours as T);
    return (theirs: string): T | null => words.get(plain(theirs)) ?? null;
  };
  const answers = new Map(
    own.filter(({ kind }) => kind === "answer").map(({ theirs, ours }) => [ours, theirs]),
  );
  return {
    fieldOf: table("field", HOTLINE_FIELD_WORDS),
    stateOf: table("state", HOTLINE_STATE_WORDS),
    actionOf: table("action", HOTLINE_ACTION_WORDS),
    categoryOf: table<string>("category", {}),
    wordOf: (state) => answers.get(state) ?? HOTLINE_STATE_WORDS[state][0],
  };
}

const plain = (name: string): string => name.replace(/[\s\u3000*：:]/g, "").toLowerCase();
