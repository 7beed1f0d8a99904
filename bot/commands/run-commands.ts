import { isOfficial } from "../../services/domain/actor.ts";
import type { Command } from "../../services/domain/understanding.ts";
import { answerUrge, answerWithdrawal } from "../answers/follow-up.ts";
import { answerEndLeave, answerGrantLeave } from "../answers/leave.ts";
import { answerForgetName, answerTeachName } from "../answers/place-names.ts";
import { answerHistory, answerStatus } from "../answers/progress.ts";
import { answerSeparateCommand } from "../answers/separation.ts";
import { here, onlySay, silence, type Turn, type TurnResult } from "../turn.ts";
import { answerAccountCode, answerBind } from "./account.ts";
import { answerAlarmCommand, isAlarmCommand } from "./alarm-command.ts";
import { answerCallCommand, isCallCommand } from "./call-command.ts";
import { answerEventCommand } from "./event-command.ts";
import { answerMandateList, answerSpecialReportDraft } from "./hard-cases.ts";
import { answerHelp } from "./help.ts";
import { answerLogin } from "./login.ts";
import { answerOnDuty } from "./on-duty.ts";
import { chooseTarget } from "./target.ts";
import { answerTodo } from "./todo.ts";
import { answerUnclear, answerWithheld } from "./withheld.ts";

/**
 * Does what an official told the bot, in the order said; the first thing that is refused ends it, so
 * that 「判三级 转综合执法 交办给环卫所」 never assigns what could not be graded.
 */
export async function runCommands(turn: Turn): Promise<TurnResult> {
  const results: TurnResult[] = [];
  const { commands } = turn.understanding;
  for (const [index, command] of commands.entries()) {
    const more = commands.slice(index + 1).some((next) => next.no === command.no);
    const { result, refused } = await runOne(turn, command, more);
    results.push(result);
    if (refused) break;
  }
  return {
    // One answer a message: what was done to one event reads as one.
    answers: joinAnswers(onceSaid(results)),
    eventNos: [...new Set(results.flatMap((result) => result.eventNos))],
    keepWords: true,
    ...lastDialog(results),
  };
}

/** The dialog that the last command begun; absent where none did. */
function lastDialog(results: readonly TurnResult[]): Pick<TurnResult, "dialog"> {
  const dialog = results.findLast((result) => result.dialog !== undefined)?.dialog;
  return dialog === undefined ? {} : { dialog };
}

interface Ran {
  result: TurnResult;
  refused: boolean;
}

async function runOne(turn: Turn, command: Command, more: boolean): Promise<Ran> {
  const done = (result: TurnResult): Ran => ({ result, refused: false });
  switch (command.action) {
    case "withheld":
      return { result: await answerWithheld(turn, command), refused: false };
    case "unclear":
      return done(command.no === null ? silence : await answerUnclear(turn, command.no));
    case "help":
      return done(answerHelp(turn));
    case "todo":
      return done(await answerTodo(turn));
    case "login":
      return done(await answerLogin(turn));
    case "accountCode":
      return done(await answerAccountCode(turn));
    case "bindAccount":
      return done(await answerBind(turn, command.note));
    case "mandateList":
      return done(await answerMandateList(turn));
    case "specialReportDraft":
      return done(await answerSpecialReportDraft(turn, command.no));
    case "onDuty":
      return done(await answerOnDuty(turn, command.note));
    case "grantLeave":
      return done(await answerGrantLeave(turn, command.note));
    case "endLeave":
      return done(await answerEndLeave(turn));
    case "teachName":
      return done(await answerTeachName(turn, command.note));
    case "forgetName":
      return done(await answerForgetName(turn, command.note));
  }
  if (isAlarmCommand(command)) return answerAlarmCommand(turn, command);
  if (await isCallCommand(turn, command)) return answerCallCommand(turn, command);
  return runOnEvent(
    turn,
    command.action === "answer" ? { ...command, action: "progress" } : command,
    more,
  );
}

async function runOnEvent(turn: Turn, command: Command, more: boolean): Promise<Ran> {
  const done = (result: TurnResult): Ran => ({ result, refused: false });
  const target = await chooseTarget(turn, command);
  if ("ask" in target) return { result: onlySay(here(target.ask)), refused: true };
  if (command.action === "status") return done(await answerStatus(turn, target.no));
  if (command.action === "history") return done(await answerHistory(turn, target.no));
  if (command.action === "separate") return done(await answerSeparateCommand(turn, target.no));
  const own = turn.own.some((event) => event.row.no === target.no);
  // 「撤回 SJ…」 by its reporter is the same as 「算了不用了」, whatever has become of it meanwhile.
  if (own && !isOfficial(turn.speaker)) {
    if (command.action === "withdraw") return done(await answerWithdrawal(turn));
    if (command.action === "urge") return done(await answerUrge(turn));
  }
  return answerEventCommand(turn, command, target.no, more);
}

/** Two verbs of one message that were withheld for the same reason are answered once. */
const onceSaid = (results: readonly TurnResult[]): TurnResult[] => {
  const said = new Set<string>();
  return results.map((result) => ({
    ...result,
    answers: result.answers.filter(({ text, where }) => {
      const again = said.has(`${where} ${text}`);
      said.add(`${where} ${text}`);
      return !again;
    }),
  }));
};

function joinAnswers(results: readonly TurnResult[]): TurnResult["answers"] {
  const all = results.flatMap((result) => result.answers);
  const [first] = all;
  const alike =
    first !== undefined &&
    all.every((answer) => answer.where === first.where && answer.priority === first.priority);
  return alike ? [{ ...first, text: all.map((answer) => answer.text).join("\n") }] : all;
}
