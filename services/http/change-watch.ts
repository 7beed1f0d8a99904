import type { Db } from "../../db/client.ts";
import { type Change, changesAfter } from "../../db/queries/changes.ts";
import { idAt } from "../../db/queries/ids.ts";
import { looksNow } from "../../db/queries/looks.ts";
import type { Clock } from "../clock.ts";
import { type Watch, watch } from "./watch.ts";

export interface News {
  /** of the newest step among them; null where only looks changed */
  id: string | null;
  /** events and calls to which something happened */
  nos: string[];
  /** events and calls at which somebody began or stopped to look */
  looking: string[];
}

/** Tells listeners what changed, whichever instance wrote it. */
export interface ChangeWatch extends Watch<News> {
  /** What a listener missed since a step. Null where that is too much or too long ago: ask for all anew. */
  since(id: string): Promise<{ id: string; nos: string[] } | null>;
}

/** Three indexed reads each time, one process at a time, and only while somebody listens. */
const LOOK_EVERY_MS = 700;
/**
 * Ids are made before their transaction ends, so a step may appear behind others that are newer. No
 * transaction lasts longer than an answer may take.
 */
const LATE_MS = 40_000;
const MOST_AT_ONCE = 1000;
const MOST_MISSED_MS = 3_600_000;

export function watchChanges(db: Db, real: Clock): ChangeWatch {
  /** ids that were told already, with the time in them; null before the first look */
  let told: Map<string, number> | null = null;
  let newest = 0;
  let looks = new Map<string, string>();

  async function lookAround(): Promise<News | null> {
    const floor = (told === null ? real.now().getTime() : newest) - LATE_MS;
    const found = await allAfter(idAt(floor));
    const fresh = told === null ? [] : found.filter(({ id }) => !told?.has(id));
    const first = told === null;
    told = new Map([...(told ?? [])].filter(([, at]) => at >= floor));
    for (const { id } of found) told.set(id, timeOf(id));
    newest = Math.max(
      newest,
      first ? real.now().getTime() : 0,
      ...found.map(({ id }) => timeOf(id)),
    );
    const nowLooking = await readLooks();
    const looking = first ? [] : changedSubjects(looks, nowLooking);
    looks = nowLooking;
    if (fresh.length === 0 && looking.length === 0) return null;
    return { id: fresh.at(-1)?.id ?? null, nos: subjectsOf(fresh), looking };
  }

  /** In a storm there are more than one answer should hold. */
  async function allAfter(id: string): Promise<Change[]> {
    const found: Change[] = [];
    for (;;) {
      const part = await changesAfter(db, found.at(-1)?.id ?? id, MOST_AT_ONCE);
      found.push(...part);
      if (part.length < MOST_AT_ONCE) return found;
    }
  }

  const readLooks = async () =>
    new Map((await looksNow(db, real.now())).map((look) => [look.personId, look.subjectNo]));

  return {
    ...watch({
      everyMs: LOOK_EVERY_MS,
      look: lookAround,
      forget() {
        told = null;
      },
    }),
    async since(id) {
      const from = timeOf(id);
      if (real.now().getTime() - from > MOST_MISSED_MS) return null;
      const missed = await changesAfter(db, idAt(from - LATE_MS), MOST_AT_ONCE);
      if (missed.length >= MOST_AT_ONCE) return null;
      return { id: missed.at(-1)?.id ?? id, nos: subjectsOf(missed) };
    },
  };
}

const subjectsOf = (changes: readonly Change[]): string[] => [
  ...new Set(changes.map(({ no }) => no)),
];

/** Subjects at which somebody looks in one of the two and not in the other. */
function changedSubjects(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const changed = new Set<string>();
  for (const [personId, no] of before) if (after.get(personId) !== no) changed.add(no);
  for (const [personId, no] of after) if (before.get(personId) !== no) changed.add(no);
  return [...changed];
}

/** Ids are UUIDv7: their first 48 bits are milliseconds of real time. */
const timeOf = (id: string): number => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
