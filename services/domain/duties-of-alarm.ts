import { type AlarmSubject, isUrgentAlarm } from "./alarm.ts";
import type { OwedDuty, Owner } from "./obligation.ts";
import type { Policy } from "./policy.ts";

/**
 * What is owed on an alarm: that a person looks at it. The command room owes it; where lives may be at
 * stake, whoever looks after the grid does too. One answer settles both.
 *
 * @param gridWorker - null where the grid has none, or is not known
 */
export function dutiesOfAlarm(
  { kind, state }: AlarmSubject,
  owners: { commandRoom: Owner; gridWorker: Owner | null },
  policy: Pick<Policy, "alarms">,
  since: Date,
): OwedDuty[] {
  if (state !== "open") return [];
  const called = isUrgentAlarm(kind) && owners.gridWorker !== null ? [owners.gridWorker] : [];
  return [owners.commandRoom, ...called].map((owner) => ({
    duty: "confirmAlarm" as const,
    owner,
    limit: policy.alarms[kind],
    since,
  }));
}
