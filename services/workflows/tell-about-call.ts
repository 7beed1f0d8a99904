import type { Db } from "../../db/client.ts";
import type { CallRecord } from "../../db/queries/calls.ts";
import { insertOutbox } from "../../db/queries/outbox.ts";
import type { CallNotice } from "../domain/call-actions/decision.ts";
import { callAddressesOf } from "./call-addresses.ts";
import { makeCheckInLink } from "./check-in-link.ts";
import type { Office } from "./office.ts";

/** Notices that ask a department to come carry a link to its check-in page. */
const WITH_LINK: readonly string[] = ["callDispatched", "callMoved"];

/** Writes the notices of a change of a call into the outbox, each sentence once an address. */
export async function tellAboutCall(
  tx: Db,
  office: Office,
  stepId: string,
  notices: readonly CallNotice[],
  call: CallRecord,
): Promise<void> {
  const createdAt = office.clock.now();
  const told = new Set<string>();
  for (const notice of notices) {
    const { kind, urgent, deptCode } = notice;
    const link =
      WITH_LINK.includes(kind) && deptCode !== undefined
        ? await makeCheckInLink(tx, office, call.state, deptCode)
        : null;
    const params = { ...notice.params, ...(link === null ? {} : { link }) };
    for (const address of await callAddressesOf(tx, office, notice, call)) {
      const key = `${call.row.no}:${stepId}:${kind}:${deptCode ?? ""}:${address.key}`;
      if (told.has(key)) continue;
      told.add(key);
      await insertOutbox(tx, [
        {
          key,
          to: address.to,
          mentions: address.mentions,
          priority: urgent ? "emergency" : "notice",
          reply: address.reply,
          // The key of a link is its receivers' alone: nothing of it stays once it is sent.
          body: { kind, params, ...(link === null ? {} : { secret: true }) },
          createdAt,
        },
      ]);
    }
  }
}
