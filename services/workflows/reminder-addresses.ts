import type { Db } from "../../db/client.ts";
import type { Address } from "../../db/queries/outbox.ts";
import { readReminderRegistry } from "../../db/queries/reminders.ts";
import type { Owner } from "../domain/obligation.ts";
import type { ReminderDirectory } from "../domain/reminder-directory.ts";
import { localDay } from "../domain/time.ts";
import { personAddress } from "./addresses.ts";
import { livingChannel, type Office } from "./office.ts";
import { presenceOn } from "./presence-on.ts";

/** The registry as one sweep sees it: who can be reached, and where. */
export interface AddressBook {
  directory: ReminderDirectory;
  /** @param orgCode - of an organisation in `directory.workGroups` */
  group(orgCode: string): Address;
  /** @param id - of a person in `directory.people` */
  person(id: string): Address;
  nameOf(owner: Owner): string;
}

/** Reads the registry once for a whole sweep. Whoever no living channel reaches is not in it. */
export async function openAddressBook(tx: Db, office: Office): Promise<AddressBook> {
  const registry = await readReminderRegistry(tx);
  const orgs = new Map(registry.orgs.map((org) => [org.code, org]));
  const groups = new Map<string, Address>();
  for (const { orgCode, channel, conversationId } of registry.workGroups) {
    const living = livingChannel(office, channel);
    if (orgCode === null || living === null || groups.has(orgCode)) continue;
    groups.set(orgCode, { channel: living, conversationId, platformUserId: null });
  }
  const people = new Map<string, Address>();
  for (const person of registry.people) {
    const to = personAddress(office, person);
    if (to !== null) people.set(person.id, to);
  }
  return {
    directory: {
      district: registry.orgs.find((org) => org.type === "district")?.code ?? null,
      orgs,
      people: registry.people.filter((person) => people.has(person.id)),
      workGroups: new Set(groups.keys()),
      presence: await presenceOn(tx, localDay(office.clock.now())),
    },
    group: (orgCode) => known(groups.get(orgCode), orgCode),
    person: (id) => known(people.get(id), id),
    nameOf({ orgCode, personId }) {
      const person = registry.people.find(({ id }) => id === personId);
      const org = orgs.get(orgCode ?? person?.orgCode ?? "");
      return [org?.name, person?.name].filter((name) => name !== undefined).join(" ");
    },
  };
}

function known(address: Address | undefined, of: string): Address {
  if (address === undefined) throw new Error(`${of} has no address although somebody chose it.`);
  return address;
}
