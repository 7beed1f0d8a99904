import type { Db } from "../../db/client.ts";
import { findDistrict, findGrid, gridStaff } from "../../db/queries/directory.ts";
import { type AlarmSubject, isUrgentAlarm } from "../domain/alarm.ts";
import { dutiesOfAlarm } from "../domain/duties-of-alarm.ts";
import type { Owner } from "../domain/obligation.ts";
import type { Office } from "./office.ts";
import { settleDuties } from "./settle-duties.ts";

/** Keeps what is owed on an alarm in line with its state. Belongs to the transaction that changed it. */
export async function keepAlarmDuties(tx: Db, office: Office, alarm: AlarmSubject): Promise<void> {
  const commandRoom = {
    orgCode: alarm.streetCode ?? (await findDistrict(tx))?.code ?? null,
    personId: null,
  };
  const owners = { commandRoom, gridWorker: await gridWorkerOf(tx, alarm.gridCode) };
  const owed = dutiesOfAlarm(alarm, owners, office.policy, office.clock.now());
  const subject = { type: "alarm" as const, no: alarm.no, urgent: isUrgentAlarm(alarm.kind) };
  await settleDuties(tx, office, subject, owed, () => true);
}

async function gridWorkerOf(tx: Db, gridCode: string | null): Promise<Owner | null> {
  if (gridCode === null) return null;
  const [worker] = (await gridStaff(tx, gridCode)).workers;
  const grid = await findGrid(tx, gridCode);
  return worker === undefined || grid === null
    ? null
    : { orgCode: grid.communityCode, personId: worker.id };
}
