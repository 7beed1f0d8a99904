import type { Actor, Role } from "./actor.ts";
import { type AlarmScope, alarmScope } from "./alarm-rights.ts";
import { type CallScope, callScope } from "./call-scope.ts";
import { type EventScope, eventScope } from "./event-scope.ts";
import { READS_DISTRICT, READS_STREET } from "./reading-roles.ts";

/**
 * Which duties somebody may see: their own; and of the duties of `owners` those on what they may see
 * anyway, as a duty tells that its event, call or alarm is there.
 */
export interface ObligationScope {
  personId: string | null;
  /** conditions that a query can ask: any of them is enough */
  owners:
    | "everybody"
    | {
        orgCode: string | null;
        /** owed by the street, its communities and stations, or on the street's events */
        street: string | null;
      };
  subjects: { event: EventScope; callTicket: CallScope; alarm: AlarmScope };
}

export function obligationScope(actor: Actor): ObligationScope {
  const has = (roles: readonly Role[]) => actor.roles.some((role) => roles.includes(role));
  const subjects = {
    event: eventScope(actor),
    callTicket: callScope(actor),
    alarm: alarmScope(actor),
  };
  if (actor.power !== undefined || has(READS_DISTRICT))
    return { personId: actor.personId, owners: "everybody", subjects };
  const street = has(READS_STREET) ? actor.streetCode : null;
  return { personId: actor.personId, owners: { orgCode: actor.orgCode, street }, subjects };
}
