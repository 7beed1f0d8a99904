import type { Presence } from "./reminder-directory.ts";

/** A deputy of a deputy of a deputy is as far as anybody looks; a table in circles ends there too. */
const LONGEST_CHAIN = 3;

/** Who hears of what a person owes today: they themselves, or whoever stands in for them. */
export function presentFor(personId: string, { deputies }: Presence): string {
  let present = personId;
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    const deputy = deputies.get(present);
    if (deputy === undefined || deputy === personId) break;
    present = deputy;
  }
  return present;
}

/** Of several people who may do it those on duty today; everybody where none of them is. */
export function onDutyOf<Person extends { id: string; orgCode: string }>(
  people: readonly Person[],
  { onDuty }: Presence,
): readonly Person[] {
  const there = people.filter(({ id, orgCode }) => onDuty.get(orgCode)?.includes(id));
  return there.length > 0 ? there : people;
}
