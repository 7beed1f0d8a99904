import { findAlarms } from "../../db/queries/alarms.ts";
import { findCalls } from "../../db/queries/calls.ts";
import { findDistrict } from "../../db/queries/directory.ts";
import { findEvents } from "../../db/queries/events.ts";
import { openDutiesOf } from "../../db/queries/work-lists.ts";
import { type Actor, isOfficial } from "../../services/domain/actor.ts";
import { ALARM_KIND_NAMES } from "../../services/domain/alarm.ts";
import { mayDecideAlarm } from "../../services/domain/alarm-rights.ts";
import type { EventAction, EventState } from "../../services/domain/event.ts";
import type { Duty } from "../../services/domain/obligation.ts";
import { hasEventRight } from "../../services/domain/rights.ts";
import { answerProgress } from "../answers/progress.ts";
import { saidInPrivate } from "../replies/general.ts";
import { todoList } from "../replies/todo.ts";
import { here, onlySay, privately, type Turn, type TurnResult } from "../turn.ts";

/** 「我的待办」: what the speaker owes, the most urgent first. A resident sees their own reports instead. */
export async function answerTodo(turn: Turn): Promise<TurnResult> {
  const { speaker } = turn;
  if (!isOfficial(speaker)) return answerProgress(turn);
  const duties = await openDutiesOf(
    turn.tx,
    {
      personId: speaker.personId,
      orgCodes: await ownOrgs(turn),
    },
    MOST_READ,
  );
  const events = new Map(
    (
      await findEvents(
        turn.tx,
        duties.map((duty) => duty.subjectNo),
      )
    ).map((event) => [event.row.no, event]),
  );
  const calls = new Map(
    (
      await findCalls(
        turn.tx,
        duties.map((duty) => duty.subjectNo),
      )
    ).map((call) => [call.row.no, call.row]),
  );
  const alarms = new Map(
    (
      await findAlarms(
        turn.tx,
        duties.map((duty) => duty.subjectNo),
      )
    ).map((alarm) => [alarm.no, alarm]),
  );
  const own = duties.filter((duty) => {
    const alarm = alarms.get(duty.subjectNo);
    if (alarm !== undefined) return mayDecideAlarm(speaker, alarm);
    const event = events.get(duty.subjectNo);
    return event === undefined || mayFulfil(speaker, duty.duty, event.state);
  });
  const now = turn.office.clock.now();
  const text = todoList(
    own.slice(0, MOST_SHOWN).map((duty) => ({
      no: duty.subjectNo,
      duty: duty.duty,
      summary: subjectOf(duty.subjectNo),
      dueAt: duty.dueAt,
      overdue: duty.dueAt < now,
    })),
    own.length,
  );
  if (turn.setting.type !== "group") return onlySay(here(text));
  const secret = own.some((duty) => events.get(duty.subjectNo)?.row.confidential);
  if (turn.setting.group.kind === "resident" || secret)
    return onlySay(here(saidInPrivate), privately(text));
  return onlySay(here(text));

  /** Of an alarm its kind alone: whose home it is in is for 「查 GJ…」. */
  function subjectOf(no: string): string {
    const alarm = alarms.get(no);
    if (alarm !== undefined) return ALARM_KIND_NAMES[alarm.kind];
    return (events.get(no)?.row ?? calls.get(no))?.summary ?? "";
  }
}

const MOST_READ = 100;
const MOST_SHOWN = 20;

/** What fulfils a duty of an event; an organisation's duty is only for those of it who may. */
const FULFILLING: Partial<Record<Duty, EventAction>> = {
  accept: "accept",
  assign: "assign",
  sign: "sign",
  complete: "complete",
  verify: "verify",
  feedback: "close",
  close: "close",
  decideDelay: "decideDelay",
  assess: "concludeConsultation",
};

function mayFulfil(speaker: Actor, duty: Duty, event: EventState): boolean {
  const handled = event.assignees.some((assignee) => assignee.personId === speaker.personId);
  if (duty === "verify" && handled) return false;
  const action = FULFILLING[duty] ?? (event.assignees.length > 0 ? "progress" : "assign");
  return hasEventRight(speaker, action, event);
}

/** The organisations a speaker's duties may be in the name of: a dispatcher works for the command room. */
async function ownOrgs(turn: Turn): Promise<string[]> {
  const { speaker } = turn;
  const orgs = new Set<string>();
  if (speaker.orgCode !== null) orgs.add(speaker.orgCode);
  if (speaker.roles.includes("dispatcher") && speaker.streetCode !== null)
    orgs.add(speaker.streetCode);
  if (speaker.roles.includes("districtDispatcher")) {
    const district = await findDistrict(turn.tx);
    if (district !== null) orgs.add(district.code);
  }
  return [...orgs];
}
