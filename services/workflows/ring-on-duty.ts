import type { Db } from "../../db/client.ts";
import { peopleWithRole } from "../../db/queries/directory.ts";
import { insertOutbox } from "../../db/queries/outbox.ts";
import type { NoticeBody } from "../domain/notice.ts";
import { onDutyOf } from "../domain/presence.ts";
import { localDay } from "../domain/time.ts";
import { presentPrivately } from "./addresses.ts";
import type { Office } from "./office.ts";
import { presenceOn } from "./presence-on.ts";

/**
 * Raises an alarm for whoever is on duty in the command room, beside what its group is told: at night
 * nobody reads a group. Belongs to the transaction of the emergency.
 *
 * @param key - of the step, so that one emergency rings once
 */
export async function ringOnDuty(
  tx: Db,
  office: Office,
  key: string,
  body: NoticeBody,
  streetCode: string | null,
): Promise<void> {
  const now = office.clock.now();
  const people =
    streetCode === null
      ? await peopleWithRole(tx, "districtDispatcher")
      : await peopleWithRole(tx, "dispatcher", { streetCode });
  const onDuty = onDutyOf(people, await presenceOn(tx, localDay(now)));
  const addresses = await presentPrivately(tx, office, onDuty);
  await insertOutbox(
    tx,
    addresses.map((address) => ({
      key: `${key}:ding:${address.key}`,
      to: address.to,
      priority: "emergency" as const,
      body: { kind: body.kind, params: body.params, ding: true as const },
      createdAt: now,
    })),
  );
}
