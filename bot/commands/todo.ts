import { findDistrict } from "../../db/queries/directory.ts";
import { findEvents } from "../../db/queries/events.ts";
import { openDutiesOf } from "../../db/queries/work-lists.ts";
import { isOfficial } from "../../services/domain/actor.ts";
import { answerProgress } from "../answers/progress.ts";
import { todoList } from "../replies/todo.ts";
import { here, onlySay, privately, type Turn, type TurnResult } from "../turn.ts";

/** 「我的待办」: what the speaker owes, the most urgent first. A resident sees their own reports instead. */
export async function answerTodo(turn: Turn): Promise<TurnResult> {
  const { speaker } = turn;
  if (!isOfficial(speaker)) return answerProgress(turn);
  const duties = await openDutiesOf(turn.tx, {
    personId: speaker.personId,
    orgCodes: await ownOrgs(turn),
  });
  const events = new Map(
    (
      await findEvents(
        turn.tx,
        duties.map((duty) => duty.subjectNo),
      )
    ).map((event) => [event.row.no, event.row]),
  );
  const now = turn.office.clock.now();
  const text = todoList(
    duties.map((duty) => ({
      no: duty.subjectNo,
      duty: duty.duty,
      summary: events.get(duty.subjectNo)?.summary ?? "",
      dueAt: duty.dueAt,
      overdue: duty.dueAt < now,
    })),
  );
  return onlySay(
    turn.setting.type === "group" && turn.setting.group.kind === "resident"
      ? privately(text)
      : here(text),
  );
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
