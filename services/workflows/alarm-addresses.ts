import type { Db } from "../../db/client.ts";
import { gridStaff, peopleWithRole } from "../../db/queries/directory.ts";
import { ALARM_RULES, type AlarmSubject, isUrgentAlarm } from "../domain/alarm.ts";
import { commandRoomAddresses, type NoticeAddress, once, presentPrivately } from "./addresses.ts";
import type { Office } from "./office.ts";

/**
 * Who hears of an alarm: the command room, in its work group unless it is in somebody's home; and where
 * lives may be at stake its dispatchers and whoever looks after the grid, each in private. Residents'
 * groups never: no address of theirs is looked for.
 */
export async function alarmAddresses(
  tx: Db,
  office: Office,
  alarm: AlarmSubject,
): Promise<NoticeAddress[]> {
  const room = ALARM_RULES[alarm.kind].home
    ? []
    : await commandRoomAddresses(tx, office, alarm.streetCode);
  if (!isUrgentAlarm(alarm.kind)) return room;
  const dispatchers =
    alarm.streetCode === null
      ? await peopleWithRole(tx, "districtDispatcher")
      : await peopleWithRole(tx, "dispatcher", { streetCode: alarm.streetCode });
  const grid =
    alarm.gridCode === null ? { workers: [], leaders: [] } : await gridStaff(tx, alarm.gridCode);
  const called = await presentPrivately(tx, office, [
    ...dispatchers,
    ...grid.workers,
    ...grid.leaders,
  ]);
  return once([...room, ...called]);
}
