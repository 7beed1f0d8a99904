import type { Clock } from "../clock.ts";
import type { DistrictRules } from "../district-rules.ts";
import type { WorkCalendar } from "../domain/calendar.ts";
import type { Policy } from "../domain/policy.ts";

/** What every workflow works with, besides the transaction. */
export interface Office {
  clock: Clock;
  calendar: WorkCalendar;
  policy: Policy;
  /**
   * The channels messages can leave by. Groups and people of a channel that is not connected are
   * reached in the sandbox, where there is one: so a district is tried before it is connected.
   */
  channels: ReadonlySet<string>;
}

/** An office that works by the rules as they are now, whenever an import changes them. */
export const openOffice = (
  clock: Clock,
  rules: DistrictRules,
  channels: ReadonlySet<string>,
): Office => ({
  clock,
  channels,
  calendar: {
    isWorkday: (day) => rules.calendar().isWorkday(day),
    hoursOf: (day) => rules.calendar().hoursOf(day),
  },
  get policy() {
    return rules.policy();
  },
});

/** The channel that stands for `wanted`; null when nothing can reach it. */
export function livingChannel(office: Office, wanted: string): string | null {
  if (office.channels.has(wanted)) return wanted;
  return office.channels.has("sandbox") ? "sandbox" : null;
}
