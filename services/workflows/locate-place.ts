import type { Db } from "../../db/client.ts";
import { type Address, addressesNamed, findAddress } from "../../db/queries/addresses.ts";
import type { Place } from "../domain/event.ts";

/**
 * Gives a named place its position, so that the distance of an arrival can be told: by its address code,
 * by the name or alias that one address bears, or as a place known already. What two addresses are
 * called, and what nobody knows, keeps its words alone.
 *
 * @param known - places of the same call, which may have been positioned by hand
 */
export async function locatePlace<P extends Place>(
  db: Db,
  place: P,
  known: readonly Place[] = [],
): Promise<P> {
  if (place.lng !== null && place.lat !== null) return place;
  const address = await addressOf(db, place);
  if (address !== null) {
    const { code: addressCode, gridCode, lng, lat } = address;
    return { ...place, addressCode, gridCode: place.gridCode ?? gridCode, lng, lat };
  }
  const same = known.find((one) => one.raw === place.raw && one.lng !== null && one.lat !== null);
  return same === undefined ? place : { ...same, ...place, lng: same.lng, lat: same.lat };
}

async function addressOf(db: Db, { addressCode, raw }: Place): Promise<Address | null> {
  if (addressCode !== null) return findAddress(db, addressCode);
  if (raw === null) return null;
  const [only, another] = await addressesNamed(db, raw.replace(/\s+/g, ""), 2);
  return only !== undefined && another === undefined ? only : null;
}
