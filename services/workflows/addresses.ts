import type { Db } from "../../db/client.ts";
import {
  commandRoomGroup,
  findDistrict,
  findPersonById,
  type Group,
  gridStaff,
  type Person,
  peopleOfOrg,
  peopleWithRole,
} from "../../db/queries/directory.ts";
import type { EventRecord, ReporterRow } from "../../db/queries/events.ts";
import { type Address, addressKey } from "../../db/queries/outbox.ts";
import type { Role } from "../domain/actor.ts";
import { isDevice } from "../domain/alarm-sender.ts";
import { isErased } from "../domain/erased.ts";
import type { Assignee, EventState } from "../domain/event.ts";
import type { Audience } from "../domain/notice.ts";
import { presentFor } from "../domain/presence.ts";
import { relayedBy } from "../domain/relayed-sender.ts";
import { HANDLING_ROLES } from "../domain/rights.ts";
import { localDay } from "../domain/time.ts";
import { livingChannel, type Office } from "./office.ts";
import { presenceOn } from "./presence-on.ts";

/** Where a notice goes, and what its wording has to know of the receiver. */
export interface NoticeAddress {
  /** tells receivers of one notice apart */
  key: string;
  to: Address;
  mentions: readonly string[];
  reply: { url: string; expiresAt: Date } | null;
  params: Record<string, unknown>;
}

/** The addresses of an audience. Nobody is named twice; who cannot be reached on any channel is left out. */
export async function addressesOf(
  tx: Db,
  office: Office,
  audience: Audience,
  before: EventRecord | null,
  after: EventRecord,
): Promise<NoticeAddress[]> {
  const { state } = after;
  switch (audience) {
    case "firstReporter":
      return reporterAddresses(
        office,
        after,
        after.reporters.filter((reporter) => reporter.first),
      );
    case "reporters":
      return reporterAddresses(office, after, after.reporters);
    case "commandRoom":
      // A work group has many readers: what is confidential goes to the dispatchers one by one.
      return state.confidential
        ? addressesOf(tx, office, "dispatchers", before, after)
        : commandRoomAddresses(tx, office, state.streetCode);
    case "dispatchers":
      return privately(
        office,
        state.streetCode === null
          ? await peopleWithRole(tx, "districtDispatcher")
          : await peopleWithRole(tx, "dispatcher", { streetCode: state.streetCode }),
      );
    case "formerCommandRoom":
      return before === null ? [] : addressesOf(tx, office, "commandRoom", null, before);
    case "commandCenter":
      return state.confidential
        ? privately(office, await peopleWithRole(tx, "districtDispatcher"))
        : commandCenter(tx, office);
    case "assignees":
      return assigneeAddresses(tx, office, state.assignees, state);
    case "formerAssignees":
      return assigneeAddresses(
        tx,
        office,
        (before?.state.assignees ?? []).filter(
          (held) => !state.assignees.some((holds) => holds.orgCode === held.orgCode),
        ),
        state,
      );
    case "gridStaff": {
      if (state.place.gridCode === null || state.confidential) return [];
      const { workers, leaders } = await gridStaff(tx, state.place.gridCode);
      const handlers = state.assignees.map((assignee) => assignee.personId);
      const free = [...workers, ...leaders].filter((person) => !handlers.includes(person.id));
      return privately(office, free);
    }
    case "supervisors":
      return privately(office, await peopleWithRole(tx, "supervisor"));
    case "person":
      throw new Error("A notice to one person goes by their id: give it a personId.");
  }
}

/** One official in private; nowhere where they have left. */
export async function personAddresses(
  tx: Db,
  office: Office,
  personId: string,
): Promise<NoticeAddress[]> {
  const person = await findPersonById(tx, personId);
  return person === null ? [] : privately(office, [person]);
}

/** A street's command room; the district's command center where no street is known. */
export function commandRoomAddresses(
  tx: Db,
  office: Office,
  streetCode: string | null,
): Promise<NoticeAddress[]> {
  return streetCode === null
    ? commandCenter(tx, office)
    : workGroupOrPeople(tx, office, streetCode, ["dispatcher"]);
}

async function commandCenter(tx: Db, office: Office): Promise<NoticeAddress[]> {
  const district = await findDistrict(tx);
  return district === null
    ? []
    : workGroupOrPeople(tx, office, district.code, ["districtDispatcher"]);
}

/** The work group of an organisation, or its people one by one where it has none. */
export async function workGroupOrPeople(
  tx: Db,
  office: Office,
  orgCode: string,
  roles: readonly Role[],
  event: EventState | null = null,
): Promise<NoticeAddress[]> {
  const group = event?.confidential ? null : await commandRoomGroup(tx, orgCode);
  const inGroup = group === null ? null : groupAddress(office, group);
  if (inGroup !== null) return [inGroup];
  const people = (await peopleOfOrg(tx, orgCode)).filter((person) =>
    person.roles.some((role) => roles.includes(role)),
  );
  // A community has grid staff all over: an event is for those of its grid, where there are any.
  const gridCode = event?.place.gridCode ?? null;
  const near = people.filter((person) => gridCode !== null && person.gridCodes.includes(gridCode));
  return presentPrivately(tx, office, near.length > 0 ? near : people);
}

async function assigneeAddresses(
  tx: Db,
  office: Office,
  assignees: readonly Assignee[],
  event: EventState,
): Promise<NoticeAddress[]> {
  const addresses: NoticeAddress[] = [];
  const lead = assignees.find((assignee) => assignee.role === "lead")?.orgCode ?? null;
  for (const assignee of assignees) {
    const person = assignee.personId === null ? null : await findPersonById(tx, assignee.personId);
    const reached =
      person === null
        ? await workGroupOrPeople(tx, office, assignee.orgCode, HANDLING_ROLES, event)
        : await presentPrivately(tx, office, [person]);
    const params = assignee.role === "support" ? { supports: lead } : {};
    addresses.push(...reached.map((address) => ({ ...address, params })));
  }
  return once(addresses);
}

/** A reporter is answered where they spoke; what is confidential only in private. */
function reporterAddresses(
  office: Office,
  event: EventRecord,
  reporters: readonly ReporterRow[],
): NoticeAddress[] {
  return once(
    reporters.flatMap((reporter) => {
      if (isErased(reporter) || isDevice(reporter)) return [];
      const channel = livingChannel(office, reporter.channel);
      if (channel === null) return [];
      const relayer = relayedBy(reporter.platformUserId);
      if (relayer !== null) {
        const to = { channel, conversationId: null, platformUserId: relayer };
        // Two residents of one relayer are told two things.
        const key = `${addressKey(to)}|${reporter.platformUserId}`;
        return [{ key, to, mentions: [], reply: null, params: { relayed: true } }];
      }
      const inGroup = reporter.conversationType === "group" && !event.state.confidential;
      const to: Address = inGroup
        ? { channel, conversationId: reporter.conversationId, platformUserId: null }
        : { channel, conversationId: null, platformUserId: reporter.platformUserId };
      const { reply } = reporter;
      return [
        {
          key: `${addressKey(to)}|${inGroup ? "" : reporter.platformUserId}`,
          to,
          mentions: inGroup ? [reporter.platformUserId] : [],
          // A session webhook answers in the conversation of the message it came with.
          reply:
            reply === null || (!inGroup && reporter.conversationType === "group")
              ? null
              : { url: reply.url, expiresAt: new Date(reply.expiresAt) },
          params: {},
        },
      ];
    }),
  );
}

/** A group on a living channel; null when nothing reaches it. */
export function groupAddress(office: Office, group: Group): NoticeAddress | null {
  const channel = livingChannel(office, group.channel);
  if (channel === null) return null;
  const to = { channel, conversationId: group.conversationId, platformUserId: null };
  return { key: addressKey(to), to, mentions: [], reply: null, params: {} };
}

/** Everyone in private, each on the channel they are bound to. */
export function privately(office: Office, people: readonly Person[]): NoticeAddress[] {
  return once(
    people.flatMap((person) => {
      const to = personAddress(office, person);
      return to === null
        ? []
        : [{ key: addressKey(to), to, mentions: [], reply: null, params: {} }];
    }),
  );
}

/** The same, deputies in the place of whoever is on leave today. */
export async function presentPrivately(
  tx: Db,
  office: Office,
  people: readonly Person[],
): Promise<NoticeAddress[]> {
  const presence = await presenceOn(tx, localDay(office.clock.now()));
  const present: Person[] = [];
  for (const person of people) {
    const id = presentFor(person.id, presence);
    const deputy = id === person.id ? person : await findPersonById(tx, id);
    present.push(deputy ?? person);
  }
  return privately(office, present);
}

/** Channels that let be written only for a while after each message: taken where there is no other. */
const LAST_ROADS = ["wechat", "wechatKf"];

/** Where a person of the registry is reached; null when no living channel knows them. */
export function personAddress(
  office: Office,
  person: Pick<Person, "id" | "dingtalkUserId" | "accounts">,
): Address | null {
  if (person.dingtalkUserId !== null && office.channels.has("dingtalk")) {
    return { channel: "dingtalk", conversationId: null, platformUserId: person.dingtalkUserId };
  }
  const [account] = [...person.accounts]
    .filter(({ channel }) => office.channels.has(channel))
    .sort((one, other) => LAST_ROADS.indexOf(one.channel) - LAST_ROADS.indexOf(other.channel));
  if (account !== undefined) return { conversationId: null, ...account };
  return office.channels.has("sandbox")
    ? { channel: "sandbox", conversationId: null, platformUserId: person.id }
    : null;
}

/** Each address once, its mentions together. */
export function once(addresses: readonly NoticeAddress[]): NoticeAddress[] {
  const byKey = new Map<string, NoticeAddress>();
  for (const address of addresses) {
    const same = byKey.get(address.key);
    byKey.set(
      address.key,
      same === undefined
        ? address
        : { ...same, mentions: [...new Set([...same.mentions, ...address.mentions])] },
    );
  }
  return [...byKey.values()];
}
