import type { Actor } from "./actor.ts";
import type { CallState } from "./call-ticket.ts";
import { allowedCallActions } from "./decide-call.ts";
import { allowedEventActions } from "./decide-event.ts";
import type { EventState } from "./event.ts";

/** More than this of one event or call is no evidence but an album. */
export const MOST_PHOTOS = 40;

/** Whoever may now say how the work stands may show it. */
export const mayShowEvent = (actor: Actor, event: EventState): boolean =>
  allowedEventActions(event, actor).some((action) =>
    ["progress", "complete", "selfHandle", "verify", "return", "reopen"].includes(action),
  );

/** Likewise of a call: a department that may still come or report. */
export const mayShowCall = (actor: Actor, call: CallState): boolean =>
  allowedCallActions(call, actor).some((action) =>
    ["checkIn", "complete", "siteLog"].includes(action),
  );
