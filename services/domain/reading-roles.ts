import type { Role } from "./actor.ts";

/** Who reads of the whole district: its events and calls, their duties, figures and reports. */
export const READS_DISTRICT: readonly Role[] = [
  "admin",
  "supervisor",
  "districtDispatcher",
  "followUpAgent",
];

/** Who reads of a whole street, their own. */
export const READS_STREET: readonly Role[] = ["dispatcher", "streetOfficer", "streetPrincipal"];
