import type { Place } from "../../services/domain/event.ts";
import type { DialogState } from "../dialogs/engine.ts";

/** Under this key the kept dialog has the places it offered. */
export const DIALOG_PLACES = "places";

export interface OfferedPlace {
  addressCode: string;
  name: string;
  gridCode: string;
}

const NUMERALS = "一二三四五";

/** 「1」, 「第二个」 or part of a name picks one of the places that were offered; null when none is meant. */
export function chosenPlace(dialog: DialogState, text: string): Place | null {
  const offered = (dialog[DIALOG_PLACES] ?? []) as OfferedPlace[];
  const said = text.trim().replace(/(?:那|这)(?:个|家|边|里)?|[。.!!,,\s]/g, "");
  const count = /^第?([1-5一二三四五])(?:个|号)?$/.exec(said)?.[1];
  const index =
    count === undefined ? -1 : /\d/.test(count) ? Number(count) - 1 : NUMERALS.indexOf(count);
  const named = offered.filter(
    ({ name }) => said.includes(name) || (said.length > 1 && name.includes(said)),
  );
  const place = offered[index] ?? (named.length === 1 ? named[0] : undefined);
  if (place === undefined) return null;
  return {
    raw: place.name,
    addressCode: place.addressCode,
    gridCode: place.gridCode,
    lng: null,
    lat: null,
  };
}
