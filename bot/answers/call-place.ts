import type { Place } from "../../services/domain/event.ts";
import type { Turn } from "../turn.ts";

/** A place named in a call, found in the address registry where possible, so that distance can be told. */
export function callPlace(turn: Turn, raw: string): Place & { raw: string } {
  const found = turn.glance(raw).place;
  return {
    raw,
    addressCode: found.addressCode,
    gridCode: found.gridCode,
    lng: found.lng,
    lat: found.lat,
  };
}
