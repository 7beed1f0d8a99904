import type { Db } from "../../db/client.ts";
import { deputiesOn, onDutyOn } from "../../db/queries/directory.ts";
import type { Presence } from "../domain/reminder-directory.ts";
import type { Day } from "../domain/time.ts";

/** Who is there on a day, by the duty roster and the leaves of the registry. */
export const presenceOn = async (tx: Db, day: Day): Promise<Presence> => ({
  deputies: await deputiesOn(tx, day),
  onDuty: await onDutyOn(tx, day),
});
