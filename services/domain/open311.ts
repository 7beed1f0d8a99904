import { type EventSource, type EventStatus, isOpenEvent } from "./event.ts";

/** GeoReport v2 knows two states; `open311StatusOf` says which one an event is in. */
export const OPEN311_STATUSES = ["open", "closed"] as const;
export type Open311Status = (typeof OPEN311_STATUSES)[number];

export const open311StatusOf = (status: EventStatus): Open311Status =>
  isOpenEvent(status) ? "open" : "closed";

/**
 * What stands in public space may be shown to everybody; quarrels, people's affairs, clues and emergencies
 * never are, whatever a district opens.
 */
const PUBLIC = /^(?:ad|build|env|facility|green|planning|street|traffic)\./;

export const isPublicService = (category: string): boolean => PUBLIC.test(category);

/**
 * What everybody may read of an event: the words of whoever reported it by an app, who meant them to be read;
 * of everything else only what it is, as other people's words may name somebody.
 *
 * @param serviceName - of its category
 */
export const publicDescription = (
  { source, summary }: { source: EventSource; summary: string },
  serviceName: string,
): string => (source === "app" ? summary : serviceName);
