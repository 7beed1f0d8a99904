import { gridStaff } from "../../db/queries/directory.ts";
import { insertOutbox } from "../../db/queries/outbox.ts";
import { insertPatrolLog } from "../../db/queries/patrol-logs.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { actOnEvent } from "../../services/workflows/act-on-event.ts";
import { privately as addressesInPrivate } from "../../services/workflows/addresses.ts";
import { dutyChangeForwarded, patrolLogged } from "../replies/general.ts";
import { selfHandled } from "../replies/handling.ts";
import { noRight, refusalText } from "../replies/refusals.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";
import { fileItem } from "./report.ts";

/** What grid workers say of their own work: patrols, small things done at once, leave. */

const isGridStaff = (turn: Turn): boolean =>
  turn.speaker.roles.some((role) => role === "gridWorker" || role === "gridLeader");

/** 「上午巡查 走访独居老人6户」: counted, without anybody's name. */
export async function answerPatrol(turn: Turn): Promise<TurnResult> {
  const { personId } = turn.speaker;
  if (!isGridStaff(turn) || personId === null) return onlySay(here(noRight("登记巡查", null)));
  const counts = turn.understanding.patrolCounts;
  await insertPatrolLog(turn.tx, {
    personId,
    gridCode: turn.speaker.gridCodes[0] ?? null,
    at: turn.office.clock.now(),
    counts,
    messageId: turn.messageId,
  });
  return { answers: [here(patrolLogged(counts))], eventNos: [], keepWords: true };
}

/** 「柳岸5幢楼道纸箱已清掉[图]」: a level-1 event, handled by who reports it, verified by somebody else. */
export async function answerSelfHandled(turn: Turn): Promise<TurnResult> {
  const [item] = turn.understanding.items;
  if (!isGridStaff(turn) || item === undefined) return onlySay(here(noRight("自处置", null)));
  const made = await fileItem(turn, { ...item, level: 1, missing: [] }, 0, true);
  if (made.no === null) return onlySay(here(made.said ?? ""));
  const note = maskPersonalData(turn.message.text);
  const outcome = await actOnEvent(
    turn.tx,
    turn.office,
    made.no,
    { action: "selfHandle", note },
    turn.speaker,
    turn.messageId,
  );
  const text = outcome.ok ? selfHandled(made.no) : refusalText(outcome, made.no);
  return { answers: [here(text)], eventNos: [made.no], keepWords: true };
}

/** 「今天请假 让小陈代一下」: the grid's leaders confirm; nothing changes by itself. */
export async function answerDutyChange(turn: Turn): Promise<TurnResult> {
  if (!isGridStaff(turn)) return onlySay(here(noRight("调整值守", null)));
  const leaders = new Map(
    (await Promise.all(turn.speaker.gridCodes.map((grid) => gridStaff(turn.tx, grid))))
      .flatMap((staff) => staff.leaders)
      .map((person) => [person.id, person]),
  );
  await insertOutbox(
    turn.tx,
    addressesInPrivate(turn.office, [...leaders.values()]).map((address) => ({
      key: `dutyChange:${turn.messageId}:${address.key}`,
      to: address.to,
      priority: "notice" as const,
      body: {
        kind: "dutyChange",
        params: { who: turn.speaker.name, summary: maskPersonalData(turn.message.text) },
      },
      createdAt: turn.office.clock.now(),
    })),
  );
  return { answers: [here(dutyChangeForwarded)], eventNos: [], keepWords: true };
}
