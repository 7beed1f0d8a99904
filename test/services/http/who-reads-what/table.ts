import type { Who } from "./objects.ts";

const DISTRICT: readonly Who[] = ["districtDispatcher", "supervisor", "followUpAgent", "admin"];
const STREET: readonly Who[] = ["streetOfficer", "streetPrincipal"];
const GRID: readonly Who[] = ["gridWorker", "gridLeader", "gridMentor"];
const NEXT_GRID: readonly Who[] = [
  "gridWorkerNextGrid",
  "gridLeaderNextGrid",
  "gridMentorNextGrid",
  "stationOfficerNextDoor",
];

/** Whoever works on the event, or answers for those who do; its reporter. */
const SEES_EVENT: readonly Who[] = [
  ...DISTRICT,
  ...STREET,
  ...GRID,
  "dispatcher",
  "stationOfficer",
  "reporter",
];
/** Neither its grid nor the street's leaders; whoever it was assigned to is the station next door. */
const SEES_SECRET: readonly Who[] = [...DISTRICT, "dispatcher", "reporter"];
const KNOWS_REPORTERS: readonly Who[] = [...DISTRICT, ...GRID, "dispatcher"];
const SEES_CALL: readonly Who[] = [
  ...DISTRICT,
  ...STREET,
  ...GRID,
  ...NEXT_GRID,
  "dispatcher",
  "stationOfficer",
  "responder",
];
const GOES_THERE: readonly Who[] = ["gridWorker", "gridLeader", "dispatcher"];
const SEES_ALARM: readonly Who[] = [
  ...GOES_THERE,
  ...STREET,
  "districtDispatcher",
  "supervisor",
  "admin",
];
const TAKES_ORDERS: readonly Who[] = ["dispatcher", "districtDispatcher", "admin"];

/** Who reads each object; nobody else does, and nobody in 柳岸街道 anything. */
export const TABLE: Readonly<Record<string, readonly Who[]>> = {
  event: SEES_EVENT,
  "what surrounds it": SEES_EVENT,
  "confidential event": [...SEES_SECRET, "stationOfficerNextDoor"],
  "what surrounds that": [...SEES_SECRET, "stationOfficerNextDoor"],
  "complaint about officials": SEES_SECRET,
  // Reporters read their own.
  "reporter's words": [...KNOWS_REPORTERS, "reporter"],
  "reporter's name": [...KNOWS_REPORTERS, "reporter"],
  "picture of the report": KNOWS_REPORTERS,
  "picture of the work": SEES_EVENT,
  "special report": ["dispatcher"],
  obligation: [...DISTRICT, ...STREET, "dispatcher", "stationOfficer"],
  "confidential obligation": [...DISTRICT, "dispatcher", "stationOfficerNextDoor"],
  call: SEES_CALL,
  "department's picture": SEES_CALL,
  alarm: SEES_ALARM,
  "alarm in a home": SEES_ALARM,
  "whose home": GOES_THERE,
  "alarm's picture": GOES_THERE,
  "hotline order": TAKES_ORDERS,
  caller: TAKES_ORDERS,
  "order that waits": ["districtDispatcher", "admin"],
  "its caller": ["districtDispatcher", "admin"],
  "report of an earlier post": ["admin"],
  "report file": ["streetOfficer", "admin"],
  "figures of the street": [...DISTRICT, ...STREET, "dispatcher"],
  "audit entry": ["supervisor", "admin"],
  "mandate proposals": ["districtDispatcher", "supervisor", "admin"],
};
