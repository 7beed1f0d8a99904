import type { Db } from "../../db/client.ts";
import { type Person, peopleOfOrg } from "../../db/queries/directory.ts";

/** 「老周」 is whoever of the organisation has that surname, when there is just one. */
export async function personOf(tx: Db, orgCode: string, name: string): Promise<Person | null> {
  return personNamed(await peopleOfOrg(tx, orgCode), name);
}

/** The one of these people who is called so; null for nobody and for several. */
export function personNamed(people: readonly Person[], name: string): Person | null {
  const surname = name.replace(/^[老小阿]|[工队所科]$|同志|师傅|主任|队长|所长/g, "");
  const fitting = people.filter(
    (person) => person.name === name || person.name.startsWith(surname),
  );
  const [only] = fitting;
  return fitting.length === 1 && only !== undefined ? only : null;
}
