import { findPersonById, gridStaff, type Person, peopleOfOrg } from "../../db/queries/directory.ts";
import { isOfficial } from "../../services/domain/actor.ts";
import { needsGrant } from "../../services/domain/leave.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { askForLeave, endLeave, takeLeave } from "../../services/workflows/take-leave.ts";
import { personNamed } from "../commands/named-people.ts";
import { dutyChangeForwarded } from "../replies/general.ts";
import * as say from "../replies/leave.ts";
import { noRight } from "../replies/refusals.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";
import { readLeave, type SaidLeave } from "../understanding/leave.ts";

/** Who is away, and who hears of what they owe meanwhile. Rights stay with the role: a deputy gets none. */

/** 「今天请假 让小陈代一下」: grid staff need their leader's word, everybody else only a deputy. */
export async function answerDutyChange(turn: Turn): Promise<TurnResult> {
  const speaker = await speakingPerson(turn);
  if (speaker === null) return onlySay(here(noRight("调整值守", null)));
  const leave = readLeave(turn.message.text, turn.office.clock.now());
  const deputy = await deputyNamed(turn, speaker, leave);
  if (needsGrant(speaker.roles)) return askLeaders(turn, speaker, leave, deputy);
  if (deputy === null) return whoStandsIn(turn, speaker, leave);
  return grant(turn, speaker, deputy, leave);
}

/** 「准假 周晓敏 11月26日到27日 由陈小燕代」, by whoever leads them. */
export async function answerGrantLeave(turn: Turn, note: string): Promise<TurnResult> {
  const granting = await speakingPerson(turn);
  if (granting === null) return onlySay(here(noRight("准假", null)));
  const staff = await staffOf(turn, granting);
  const person = staff.find(({ name }) => note.startsWith(name)) ?? null;
  if (person === null || person.id === granting.id) return onlySay(here(say.whoseLeave));
  const leave = readLeave(note, turn.office.clock.now());
  const deputy = await deputyNamed(turn, person, leave);
  if (deputy === null) return whoStandsIn(turn, person, leave);
  return grant(turn, person, deputy, leave);
}

/** 「销假」: back before the leave was over. */
export async function answerEndLeave(turn: Turn): Promise<TurnResult> {
  const speaker = await speakingPerson(turn);
  if (speaker === null) return onlySay(here(noRight("销假", null)));
  const ended = await endLeave(turn.tx, turn.office, speaker, turn.speaker);
  return onlySay(here(ended ? say.leaveEnded : say.notOnLeave));
}

async function speakingPerson(turn: Turn): Promise<Person | null> {
  const { personId } = turn.speaker;
  return personId === null || !isOfficial(turn.speaker) ? null : findPersonById(turn.tx, personId);
}

async function askLeaders(
  turn: Turn,
  speaker: Person,
  leave: SaidLeave,
  deputy: Person | null,
): Promise<TurnResult> {
  const staff = await Promise.all(speaker.gridCodes.map((grid) => gridStaff(turn.tx, grid)));
  const leaders = new Map(staff.flatMap((one) => one.leaders).map((one) => [one.id, one]));
  await askForLeave(
    turn.tx,
    turn.office,
    [...leaders.values()],
    {
      who: speaker.name,
      summary: maskPersonalData(turn.message.text),
      grantAs: say.grantAs(speaker.name, leave, deputy?.name ?? null),
    },
    turn.messageId,
  );
  return { answers: [here(dutyChangeForwarded)], eventNos: [], keepWords: true };
}

async function grant(
  turn: Turn,
  person: Person,
  deputy: Person,
  { firstDay, lastDay }: SaidLeave,
): Promise<TurnResult> {
  const leave = { person, deputy, firstDay, lastDay };
  if (!(await takeLeave(turn.tx, turn.office, leave, turn.speaker, turn.messageId)))
    return onlySay(here(noRight("准假", null)));
  const said = say.leaveNoted({ who: person.name, deputy: deputy.name, firstDay, lastDay });
  return { answers: [here(said)], eventNos: [], keepWords: true };
}

/** Sought among the same organisation first, then among everybody of the street. */
async function deputyNamed(
  turn: Turn,
  person: Person,
  { deputyName }: SaidLeave,
): Promise<Person | null> {
  if (deputyName === null) return null;
  const others = (people: readonly Person[]) => people.filter(({ id }) => id !== person.id);
  const near = personNamed(others(await peopleOfOrg(turn.tx, person.orgCode)), deputyName);
  return near ?? personNamed(others(await staffOf(turn, person)), deputyName);
}

/** Somebody of another organisation is registered and still no deputy: who is one is said. */
async function whoStandsIn(turn: Turn, person: Person, leave: SaidLeave): Promise<TurnResult> {
  const near = [...(await peopleOfOrg(turn.tx, person.orgCode)), ...(await staffOf(turn, person))];
  const names = near.filter(({ id }) => id !== person.id).map(({ name }) => name);
  return onlySay(here(say.whoStandsIn(leave.deputyName, [...new Set(names)])));
}

/** Everybody of the person's street, or of their department. */
async function staffOf(turn: Turn, person: Person): Promise<Person[]> {
  const { streetCode } = person;
  const orgs = turn.district.orgs.filter(
    (org) =>
      org.code === (streetCode ?? person.orgCode) || isBelow(turn, org.parentCode, streetCode),
  );
  const staff: Person[] = [];
  for (const org of orgs) staff.push(...(await peopleOfOrg(turn.tx, org.code)));
  return staff;
}

const isBelow = (turn: Turn, parent: string | null, street: string | null): boolean =>
  street !== null &&
  parent !== null &&
  (parent === street ||
    turn.district.orgs.some((org) => org.code === parent && org.parentCode === street));
