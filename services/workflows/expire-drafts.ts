import type { Database } from "../../db/client.ts";
import { expiredDraftNos } from "../../db/queries/events.ts";
import { SYSTEM } from "../domain/actor.ts";
import { actOnEvent } from "./act-on-event.ts";
import type { Office } from "./office.ts";

/**
 * Hands drafts whose reporter did not answer in time to the command room, one transaction each, so that
 * one that fails does not hold up the others.
 *
 * @returns how many were handed over
 */
export async function expireDrafts(
  database: Database,
  office: Office,
  report: (no: string, error: unknown) => void,
): Promise<number> {
  let handedOver = 0;
  for (const no of await expiredDraftNos(database, office.clock.now(), 100)) {
    try {
      await database.transaction((tx) =>
        actOnEvent(
          tx,
          office,
          no,
          { action: "supplement", note: "未补全,转人工", giveUp: true },
          SYSTEM,
          null,
        ),
      );
      handedOver++;
    } catch (error) {
      report(no, error);
    }
  }
  return handedOver;
}
