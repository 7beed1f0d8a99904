import type { Db } from "../../db/client.ts";
import { type Device, findDevice } from "../../db/queries/devices.ts";
import { allGrids, findGrid } from "../../db/queries/directory.ts";
import type { Position } from "../domain/distance.ts";
import { buildGridFinder } from "../grid-finder.ts";

/** Where an alarm says that it is, beside what the registry knows of its device. */
export interface ToldPlace {
  place: string | null;
  position: Position | null;
}

export interface AlarmPlace extends ToldPlace {
  gridCode: string | null;
  streetCode: string | null;
  /** of devices.csv; null where the district does not know it */
  device: Device | null;
}

/**
 * Where an alarm is: as it says, else as its device is registered. The grid is the one whose boundary the
 * told coordinates lie in, else the device's, else the one around the device's own coordinates.
 */
export async function locateAlarm(
  db: Db,
  deviceCode: string,
  told: ToldPlace,
): Promise<AlarmPlace> {
  const device = await findDevice(db, deviceCode);
  const own =
    device === null || device.lng === null || device.lat === null
      ? null
      : { lng: device.lng, lat: device.lat };
  const gridCode = (await gridAt(db, told.position)) ?? device?.gridCode ?? (await gridAt(db, own));
  const grid = gridCode === null ? null : await findGrid(db, gridCode);
  return {
    place: told.place ?? device?.place ?? null,
    position: told.position ?? own,
    gridCode: grid?.code ?? null,
    streetCode: grid?.streetCode ?? null,
    device,
  };
}

const gridAt = async (db: Db, position: Position | null): Promise<string | null> =>
  position === null ? null : buildGridFinder(await allGrids(db))(position);
