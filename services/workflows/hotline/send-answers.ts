import type { Database } from "../../../db/client.ts";
import { findEvent } from "../../../db/queries/events.ts";
import { readHotlineMapping } from "../../../db/queries/hotline.ts";
import {
  claimHotlineAnswer,
  type HotlineAnswerRow,
  settleHotlineAnswer,
} from "../../../db/queries/hotline-answers.ts";
import type { Clock } from "../../clock.ts";
import { tell } from "../../domain/event-actions/decision.ts";
import type { HotlineLine } from "../../domain/hotline/line.ts";
import { waitAfter } from "../../domain/webhook.ts";
import type { AnswerGateway } from "../../hotline/answer-gateway.ts";
import { answerLetter } from "../../hotline/answer-letter.ts";
import { noteTold } from "../note-told.ts";
import type { Office } from "../office.ts";
import { tellPeople } from "../tell.ts";

/** Longer than the slowest server is waited for. */
const LEASE_MS = 60_000;

/**
 * Tells a hotline what became of its orders, of each order in its order. A result that has arrived counts
 * as told to the caller; one that was given up after three days is the command room's to bring there.
 *
 * @param real - leases and waits follow real time
 * @param failed - told of each try that failed; `givenUp` when there will be no more
 * @returns how many arrived
 */
export async function sendHotlineAnswers(
  database: Database,
  office: Office,
  line: HotlineLine,
  gateway: AnswerGateway,
  real: Clock,
  failed: (orderNo: string, error: unknown, givenUp: boolean) => void,
): Promise<number> {
  const mapping = await readHotlineMapping(database, line);
  let sent = 0;
  for (;;) {
    const now = real.now();
    const row = await claimHotlineAnswer(database, line, now, new Date(now.getTime() + LEASE_MS));
    if (row === null) return sent;
    try {
      const { receipt } = await gateway.send(answerLetter(row, mapping));
      await noteArrived(database, office, row, { road: gateway.road, receipt });
      sent += 1;
    } catch (error) {
      const wait = waitAfter(row.attempts);
      const problem = (error instanceof Error ? error.message : String(error)).slice(0, 300);
      if (wait === null) await giveUp(database, office, row, problem);
      else
        await settleHotlineAnswer(database, row, {
          problem,
          nextTryAt: new Date(real.now().getTime() + wait),
        });
      failed(row.orderNo, error, wait === null);
    }
  }
}

/** An answer is with the hotline, by whatever road; a result is told with it (双反馈). */
export async function noteArrived(
  database: Database,
  office: Office,
  row: HotlineAnswerRow,
  by: Pick<HotlineAnswerRow, "road" | "receipt">,
): Promise<void> {
  await database.transaction(async (tx) => {
    const settled = await settleHotlineAnswer(tx, row, {
      ...by,
      sendState: "sent",
      sentAt: office.clock.now(),
      problem: null,
    });
    if (settled && row.kind === "result")
      await noteTold(tx, office, { eventNo: row.eventNo, side: "reporter" });
  });
}

async function giveUp(
  database: Database,
  office: Office,
  row: HotlineAnswerRow,
  problem: string,
): Promise<void> {
  await database.transaction(async (tx) => {
    await settleHotlineAnswer(tx, row, { sendState: "failed", problem });
    const event = await findEvent(tx, row.eventNo);
    if (event === null) return;
    const notice = tell("commandRoom", "hotlineAnswerFailed", event.state, { problem });
    await tellPeople(tx, office, row.id, [notice], null, event);
  });
}
