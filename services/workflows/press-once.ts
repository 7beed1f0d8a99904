import type { Db } from "../../db/client.ts";
import { forgetPress, notePress } from "../../db/queries/presses.ts";

/** A press as its phone knows it again; null: whoever acts gave it no key, and it is done each time. */
export interface Press {
  /** person of the registry, or `token` */
  who: string;
  key: string | null;
  /** of the event or call it is for */
  no: string;
  at: Date;
}

export type Pressed<Outcome> =
  | { kind: "done"; outcome: Outcome }
  /** it was done before; nothing happens */
  | { kind: "again" }
  /** the key stands for a press on something else */
  | { kind: "otherSubject" };

/**
 * Does what was pressed, unless the same press was done before: a phone without signal cannot know
 * whether its first try arrived. What is refused may be tried again. Belongs to the caller's transaction.
 */
export async function pressOnce<Outcome extends { ok: boolean }>(
  tx: Db,
  { who, key, no, at }: Press,
  act: () => Promise<Outcome>,
): Promise<Pressed<Outcome>> {
  if (key === null) return { kind: "done", outcome: await act() };
  const before = await notePress(tx, { who, key, subjectNo: no, at });
  if (before !== null) return { kind: before === no ? "again" : "otherSubject" };
  const outcome = await act();
  if (!outcome.ok) await forgetPress(tx, { who, key });
  return { kind: "done", outcome };
}
