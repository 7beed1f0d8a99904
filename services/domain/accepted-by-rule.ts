import type { EventState } from "./event.ts";
import type { Policy } from "./policy.ts";

/** Whether rules accept and assign the event, as the district's policy lets them; a person does the rest. */
export const acceptedByRule = (
  event: Pick<EventState, "level" | "urgency" | "confidential">,
  policy: Policy,
): boolean =>
  event.level <= policy.autoAcceptLevel && event.urgency !== "critical" && !event.confidential;
