import { findAlarm } from "../../db/queries/alarms.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { ALARM_RULES } from "../../services/domain/alarm.ts";
import { mayKnowAlarm, maySeeAlarm } from "../../services/domain/alarm-rights.ts";
import type { AlarmCommand } from "../../services/domain/decide-alarm.ts";
import { isAlarmNo } from "../../services/domain/number.ts";
import type { Command } from "../../services/domain/understanding.ts";
import { actOnAlarm } from "../../services/workflows/act-on-alarm.ts";
import { gridName } from "../district.ts";
import { alarmRefused, alarmSettled, alarmStatus } from "../replies/alarms.ts";
import { notYours } from "../replies/progress.ts";
import { notFound } from "../replies/refusals.ts";
import { sayAbout } from "../say-about.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";

export const isAlarmCommand = ({ no }: Command): boolean => no !== null && isAlarmNo(no);

/** 「确认 GJ…」, 「确认 GJ… 并入 SJ…」, 「误报 GJ… 原因」, and 「查 GJ…」 for everything else. */
export async function answerAlarmCommand(
  turn: Turn,
  said: Command,
): Promise<{ result: TurnResult; refused: boolean }> {
  const no = said.no ?? "";
  const command = commandOf(said);
  if (command === null) return { result: await answerStatus(turn, no), refused: false };
  const outcome = await actOnAlarm(turn.tx, turn.office, no, command, turn.speaker);
  const text = outcome.ok
    ? alarmSettled(outcome.alarm, said.otherNo !== null)
    : alarmRefused(outcome, no);
  const eventNo = outcome.ok ? outcome.alarm.eventNo : null;
  return {
    result: { answers: [here(text)], eventNos: eventNo === null ? [] : [eventNo], keepWords: true },
    refused: !outcome.ok,
  };
}

function commandOf({ action, otherNo, note }: Command): AlarmCommand | null {
  if (action === "falseAlarm") return { action, reason: note };
  if (action !== "confirmAlarm") return null;
  return {
    action,
    ...(otherNo === null ? {} : { into: otherNo }),
    ...(note === "" ? {} : { note }),
  };
}

async function answerStatus(turn: Turn, no: string): Promise<TurnResult> {
  const alarm = await findAlarm(turn.tx, no);
  if (alarm === null || !maySeeAlarm(turn.speaker, alarm)) {
    await writeAudit(turn.tx, {
      at: turn.office.clock.now(),
      actor: turn.speaker,
      action: "status",
      subject: { type: "alarm", no },
      outcome: "refused",
      reason: alarm === null ? "notFound" : "noRight",
    });
    return onlySay(here(turn.speaker.roles.length > 0 ? notFound(no) : notYours(no)));
  }
  const known = mayKnowAlarm(turn.speaker, alarm);
  const text = alarmStatus(alarm, known, gridName(turn.district, alarm.gridCode));
  const confidential = known && ALARM_RULES[alarm.kind].home;
  return onlySay(...sayAbout(turn, { confidential }, text));
}
