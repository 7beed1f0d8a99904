import type { Db } from "../../db/client.ts";
import { insertUpward } from "../../db/queries/upward.ts";
import type { CallChange } from "../domain/call-actions/decision.ts";
import { upwardOccasion } from "../domain/upward.ts";
import type { Office } from "./office.ts";

/**
 * Writes down that a change has to go up to the district's 12345 platform, where it has to. Belongs to
 * the transaction of the change; sending is `sendUpward`'s.
 */
export async function queueUpward(
  tx: Db,
  office: Office,
  callNo: string,
  change: CallChange,
): Promise<void> {
  const occasion = upwardOccasion(change);
  if (occasion === null) return;
  await insertUpward(tx, { callNo, occasion, createdAt: office.clock.now() });
}
