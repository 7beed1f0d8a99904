import type { PatrolCount } from "../../../services/domain/patrol.ts";
import { get, put, remove } from "../kept/phone-store.ts";

/** A patrol under way; it outlives the page. */
export interface PatrolDraft {
  key: string;
  startedAt: string;
  counts: Partial<Record<PatrolCount, number>>;
  note: string;
}

const keyOf = (person: string): string => `patrol:${person}`;

export const readDraft = (person: string): Promise<PatrolDraft | undefined> =>
  get<PatrolDraft>("drafts", keyOf(person));

export const keepDraft = async (
  person: string,
  { startedAt, counts, note }: Omit<PatrolDraft, "key">,
): Promise<void> => {
  await put("drafts", {
    key: keyOf(person),
    startedAt,
    counts: { ...counts },
    note,
  } as PatrolDraft);
};

export const dropDraft = (person: string): Promise<void> => remove("drafts", keyOf(person));
