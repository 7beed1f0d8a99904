import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { type CallRecord, findCall } from "../../db/queries/calls.ts";
import { acknowledgeUpward, upwardOfCalls } from "../../db/queries/upward.ts";
import type { Actor } from "../domain/actor.ts";
import { mayAcknowledgeUpward } from "../domain/call-rights.ts";
import type { Office } from "./office.ts";

/** What the district's platform gave back for a call, as somebody notes it. */
export interface Acknowledgement {
  /** which letter; null: the last one that has none yet, else the last */
  id: string | null;
  /** the platform's own number or words */
  receipt: string | null;
  /** null: now */
  at: Date | null;
}

export type AcknowledgeOutcome =
  | { ok: true; call: CallRecord }
  | { ok: false; why: "notFound" | "noRight" | "nothingSent" | "inFuture" };

/** Notes that the district's platform has a call; also ends the tries where it was brought there by hand. */
export async function acknowledgeCall(
  tx: Db,
  office: Office,
  no: string,
  { id, receipt, at }: Acknowledgement,
  actor: Actor,
): Promise<AcknowledgeOutcome> {
  const now = office.clock.now();
  const call = await findCall(tx, no, "lock");
  const why = await obstacle();
  await writeAudit(tx, {
    at: now,
    actor,
    action: "acknowledgeUpward",
    subject: { type: "callTicket", no },
    outcome: why === null ? "done" : "refused",
    reason: why,
  });
  return why === null && call !== null ? { ok: true, call } : { ok: false, why: why ?? "notFound" };

  async function obstacle() {
    if (call === null) return "notFound" as const;
    if (!mayAcknowledgeUpward(actor, call.state)) return "noRight" as const;
    if (at !== null && at > now) return "inFuture" as const;
    const letters = await upwardOfCalls(tx, [no]);
    const letter =
      id === null
        ? (letters.findLast(({ acknowledgedAt }) => acknowledgedAt === null) ?? letters.at(-1))
        : letters.find((one) => one.id === id);
    if (letter === undefined) return "nothingSent" as const;
    await acknowledgeUpward(tx, letter, receipt, at ?? now);
    return null;
  }
}
