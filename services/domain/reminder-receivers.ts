import type { Role } from "./actor.ts";
import type { Duty, Owner } from "./obligation.ts";
import { onDutyOf, presentFor } from "./presence.ts";
import type { ReminderAudience } from "./reminder.ts";
import type {
  Colleague,
  ReminderDirectory,
  ReminderGap,
  ReminderSubject,
} from "./reminder-directory.ts";
import type { ReminderItem } from "./reminder-item.ts";
import { leadersAbove } from "./reminder-leaders.ts";

/** A work group, by its organisation, or one person in private. */
export type ReminderReceiver = ({ group: string } | { person: string }) & {
  ask: ReminderItem["ask"];
};

export interface Receivers {
  receivers: ReminderReceiver[];
  gaps: ReminderGap[];
}

const HANDLERS: readonly Role[] = [
  "stationOfficer",
  "responder",
  "gridLeader",
  "gridWorker",
  "streetOfficer",
];
const OFFICERS: readonly Role[] = ["streetOfficer"];
const COMMAND: readonly Role[] = ["dispatcher", "districtDispatcher"];

/** Who in the organisation that owes it does a duty. */
const DOERS: Record<Duty, readonly Role[]> = {
  accept: COMMAND,
  assign: COMMAND,
  sign: HANDLERS,
  complete: HANDLERS,
  verify: ["gridWorker", "gridLeader", "gridMentor"],
  feedback: COMMAND,
  close: COMMAND,
  decideDelay: COMMAND,
  answerSupervision: HANDLERS,
  confirmAlarm: COMMAND,
  approve: ["streetPrincipal"],
  supplementApproval: ["streetPrincipal"],
  assess: COMMAND,
  respond: ["responder"],
  arrive: ["responder"],
  completeCall: ["responder"],
  closeCall: ["streetOfficer"],
  followUp: ["followUpAgent"],
};

/** Duties of an office rather than of particular people: its work group hears of them. */
const OF_AN_OFFICE: readonly Duty[] = [
  "accept",
  "assign",
  "sign",
  "complete",
  "answerSupervision",
  "feedback",
  "close",
  "decideDelay",
  "assess",
  "confirmAlarm",
];

/**
 * Who hears of a duty. Whoever is missing in the registry is a gap, and the next in line is told in
 * their place: for an owner the command room, for a leader the one above. Whoever handled an event is
 * passed over in its verification (报处分离), which is no gap.
 */
export function receiversOf(
  owed: { duty: Duty; owner: Owner },
  subject: ReminderSubject,
  audience: readonly ReminderAudience[],
  directory: ReminderDirectory,
): Receivers {
  const found: Receivers = { receivers: [], gaps: [] };
  const passedOver = owed.duty === "verify" ? subject.handlers : [];
  const owners = ownersOf(owed, subject, directory, passedOver);
  if (owners.length > 0) add(owners);
  else add(passedOver.length > 0 ? commandRoom() : [...commandRoom(), ...missing("owner")]);
  if (audience.includes("commandRoom")) add(commandRoom());
  if (audience.includes("leader")) {
    const { leaders } = leadersAbove(owed.owner, subject, without(directory, notAbove()));
    found.gaps.push(...leadersAbove(owed.owner, subject, directory).gaps);
    add(leaders.map((person) => ({ person: person.id, ask: askOf(person, subject) })));
  }
  if (audience.includes("supervisor")) {
    const supervisors = directory.people.filter((person) => person.roles.includes("supervisor"));
    add(
      supervisors.length > 0
        ? supervisors.map((person) => ({ person: person.id, ask: askOf(person, subject) }))
        : missing("supervisor", directory.district),
    );
  }
  return found;

  function add(receivers: readonly ReminderReceiver[]): void {
    for (const receiver of receivers.map(whoIsThere)) {
      if (!found.receivers.some((known) => keyOf(known) === keyOf(receiver))) {
        found.receivers.push(receiver);
      }
    }
  }

  /** A deputy hears in the place of whoever is on leave; one who cannot be reached stands in for nobody. */
  function whoIsThere(receiver: ReminderReceiver): ReminderReceiver {
    if ("group" in receiver) return receiver;
    const id = presentFor(receiver.person, directory.presence);
    return directory.people.some((person) => person.id === id) && !passedOver.includes(id)
      ? { ...receiver, person: id }
      : receiver;
  }

  /** Whoever was passed over, and whoever does it in their place; the owner stays, to count from. */
  function notAbove(): string[] {
    if (passedOver.length === 0) return [];
    const asked = owners.flatMap((owner) => ("person" in owner ? [owner.person] : []));
    return [...passedOver, ...asked].filter((id) => id !== owed.owner.personId);
  }

  function missing(what: ReminderAudience, orgCode = owed.owner.orgCode): [] {
    found.gaps.push({ missing: what, orgCode });
    return [];
  }

  /** For calls the district; for what no street is known of, too. */
  function roomCode(): string | null {
    return subject.type === "callTicket"
      ? directory.district
      : (subject.streetCode ?? directory.district);
  }

  function commandRoom(): ReminderReceiver[] {
    const code = roomCode();
    const ask = subject.type === "event" ? "supervise" : "look";
    const room = code === null ? [] : officeOf(code, COMMAND, subject, directory, ask);
    if (room.length > 0) return room;
    missing("commandRoom", code);
    const { district } = directory;
    return district === null || district === code
      ? []
      : officeOf(district, COMMAND, subject, directory, "look");
  }
}

const without = (directory: ReminderDirectory, people: readonly string[]): ReminderDirectory => ({
  ...directory,
  people: directory.people.filter(({ id }) => !people.includes(id)),
});

const keyOf = (receiver: ReminderReceiver): string =>
  "group" in receiver ? `group:${receiver.group}` : `person:${receiver.person}`;

function ownersOf(
  { duty, owner }: { duty: Duty; owner: Owner },
  subject: ReminderSubject,
  everybody: ReminderDirectory,
  passedOver: readonly string[],
): ReminderReceiver[] {
  const directory = without(everybody, passedOver);
  const person = directory.people.find(({ id }) => id === owner.personId);
  if (person !== undefined) return [{ person: person.id, ask: "do" }];
  if (owner.orgCode === null) return [];
  const type = directory.orgs.get(owner.orgCode)?.type;
  if (duty === "verify" && type === "community") return gridOwners(owner.orgCode);
  // A command room stands in for its own street or district in whatever nobody else is named for.
  const isRoom = type === "street" || type === "district";
  const standsIn = isRoom && (DOERS[duty] === HANDLERS || duty === "verify");
  // What a street owes on its own call is its officers', not its command room's.
  const calls = subject.type === "callTicket" && type === "street";
  if (standsIn)
    return officeOf(owner.orgCode, calls ? OFFICERS : COMMAND, subject, directory, "do");
  return OF_AN_OFFICE.includes(duty)
    ? officeOf(owner.orgCode, DOERS[duty], subject, directory, "do")
    : peopleOf(owner.orgCode, DOERS[duty], directory, "do");

  function gridOwners(community: string): ReminderReceiver[] {
    const staff = everybody.people.filter(({ roles }) =>
      roles.some((role) => DOERS.verify.includes(role)),
    );
    const ofGrid = staff.filter(({ gridCodes }) => gridCodes.includes(subject.gridCode ?? ""));
    const people = ofGrid.length > 0 ? ofGrid : staff.filter((one) => one.orgCode === community);
    return people
      .filter(({ id }) => !passedOver.includes(id))
      .map(({ id }) => ({ person: id, ask: "do" }));
  }
}

/** The work group of an organisation, or its people one by one; what is confidential only these. */
function officeOf(
  orgCode: string,
  roles: readonly Role[],
  subject: ReminderSubject,
  directory: ReminderDirectory,
  ask: ReminderItem["ask"],
): ReminderReceiver[] {
  return directory.workGroups.has(orgCode) && !subject.confidential
    ? [{ group: orgCode, ask }]
    : peopleOf(orgCode, roles, directory, ask);
}

const peopleOf = (
  orgCode: string,
  roles: readonly Role[],
  directory: ReminderDirectory,
  ask: ReminderItem["ask"],
): ReminderReceiver[] =>
  onDutyOf(
    directory.people.filter(
      (person) => person.orgCode === orgCode && person.roles.some((r) => roles.includes(r)),
    ),
    directory.presence,
  ).map(({ id }) => ({ person: id, ask }));

/** What somebody who does not owe it can do about a duty, by their rights. */
function askOf(person: Colleague, subject: ReminderSubject): ReminderItem["ask"] {
  if (subject.type !== "event") return "look";
  const may = (roles: readonly Role[]) => person.roles.some((role) => roles.includes(role));
  if (may(["supervisor", "dispatcher", "streetOfficer", "streetPrincipal"])) return "supervise";
  return may(["gridLeader", "gridMentor"]) ? "urge" : "look";
}
