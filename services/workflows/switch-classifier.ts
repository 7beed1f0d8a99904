import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import {
  type Classifier,
  classifierEntryInUse,
  findClassifier,
  insertClassifier,
  useClassifier,
} from "../../db/queries/classifiers.ts";
import { type Actor, SYSTEM } from "../domain/actor.ts";

/** Keeps what was trained, switched off. Belongs to the caller's transaction. */
export async function keepClassifier(
  tx: Db,
  trained: Omit<Classifier, "version" | "inUse">,
): Promise<number> {
  const version = await insertClassifier(tx, trained);
  await audited(tx, trained.trainedAt, "trainClassifier", version);
  return version;
}

export type Switched = { ok: true; before: number | null } | { ok: false; reason: "notFound" };

/**
 * From now on the ear listens with this version, or with none. Going back to an older one is the same.
 * Belongs to the caller's transaction.
 *
 * @param actor - absent: whoever may open the database
 */
export async function switchClassifier(
  tx: Db,
  at: Date,
  version: number | null,
  actor: Actor = SYSTEM,
): Promise<Switched> {
  if (version !== null && (await findClassifier(tx, version)) === null)
    return { ok: false, reason: "notFound" };
  const before = (await classifierEntryInUse(tx))?.version ?? null;
  await useClassifier(tx, version);
  await audited(tx, at, "useClassifier", version, actor);
  return { ok: true, before };
}

/** Whoever may open the database may do it: the commands know no person. */
const audited = (
  tx: Db,
  at: Date,
  action: string,
  version: number | null,
  actor: Actor = SYSTEM,
): Promise<void> =>
  writeAudit(tx, {
    at,
    actor,
    action,
    subject: { type: "classifier", no: version === null ? "off" : String(version) },
    outcome: "done",
  });
