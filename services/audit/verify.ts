import type { Db } from "../../db/client.ts";
import { type AuditSeal, auditBetween, sealsAfter } from "../../db/queries/audit-seals.ts";
import { FIRST_LINK, link } from "./chain.ts";

export type Verified =
  | { ok: true; seals: number; entries: number; head: string | null }
  /** the first seal that does not hold: something it covers was changed, removed or slipped in */
  | { ok: false; seq: number; found: number; sealed: number; from: string | null; through: string };

const SEALS_AT_A_TIME = 100;

/**
 * Makes every seal anew from the entries.
 *
 * @param known - a head that was noted elsewhere: it has to be one of the seals, else somebody made the
 *   chain anew
 */
export async function verifyAudit(
  db: Db,
  known: string | null = null,
): Promise<Verified | { ok: false; unknownHead: string }> {
  let before: AuditSeal | null = null;
  let entries = 0;
  let isKnown = known === null;
  for (;;) {
    const seals: AuditSeal[] = await sealsAfter(db, before?.seq ?? 0, SEALS_AT_A_TIME);
    for (const seal of seals) {
      const after = before?.throughId ?? null;
      // One more than there may be, so that what was slipped in is seen.
      const covered = await auditBetween(db, after, seal.throughId, seal.entries + 1);
      if (
        seal.seq !== (before?.seq ?? 0) + 1 ||
        covered.length !== seal.entries ||
        link(before?.hash ?? FIRST_LINK, covered) !== seal.hash
      ) {
        const { seq, throughId: through } = seal;
        return {
          ok: false,
          seq,
          found: covered.length,
          sealed: seal.entries,
          from: after,
          through,
        };
      }
      entries += covered.length;
      isKnown ||= seal.hash === known;
      before = seal;
    }
    if (seals.length < SEALS_AT_A_TIME) break;
  }
  if (!isKnown && known !== null) return { ok: false, unknownHead: known };
  return { ok: true, seals: before?.seq ?? 0, entries, head: before?.hash ?? null };
}
