import { type CallRecord, findCall } from "../../db/queries/calls.ts";
import { CallCommand } from "../../services/domain/call-command.ts";
import { CALL_RIGHTS } from "../../services/domain/call-rights.ts";
import {
  CALL_ACTION_NAMES,
  CALL_ACTIONS,
  type CallAction,
} from "../../services/domain/call-ticket.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import type { Refusal } from "../../services/domain/refusal.ts";
import type { Command } from "../../services/domain/understanding.ts";
import { actOnCall } from "../../services/workflows/act-on-call.ts";
import { itemOf } from "../../services/workflows/call-surroundings.ts";
import { amendedFields, answerCallDraft } from "../answers/call-draft.ts";
import { callPlace } from "../answers/call-place.ts";
import { orgName } from "../district.ts";
import { dispatchExample } from "../replies/call-dispatch-example.ts";
import {
  callActionDone,
  callRefusalText,
  notDispatchedToYou,
  stillWaiting,
} from "../replies/calls.ts";
import { noRight } from "../replies/refusals.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";
import { readAnswerBy } from "../understanding/answer-by.ts";
import { readCheckIn } from "../understanding/calls/check-in.ts";
import {
  readDepartments,
  readDeptAndReason,
} from "../understanding/calls/department-and-reason.ts";
import { readDispatch } from "../understanding/calls/dispatch.ts";
import { readEta } from "../understanding/calls/eta.ts";
import { readFault } from "../understanding/calls/fault.ts";
import { readFollowUp } from "../understanding/calls/follow-up.ts";
import { readRespond } from "../understanding/calls/respond.ts";
import { readScores } from "../understanding/calls/scores.ts";
import { answerAcknowledged } from "./acknowledge.ts";
import { auditRefusal } from "./audit-refusal.ts";
import { callCandidates, chooseCall } from "./call-target.ts";
import {
  answerCallForm,
  answerCallHistory,
  answerCallStatus,
  answerWhichForm,
} from "./call-views.ts";
import { circularWords } from "./circular-words.ts";
import { departmentCode, departmentCodes, departmentNames } from "./named-orgs.ts";

/** Words that mean an event unless a call ticket is named, or the speaker has only a call to do it to. */
const SHARED: readonly string[] = [
  "complete",
  "delay",
  "decideDelay",
  "close",
  "archive",
  "cancel",
  "urge",
  "supervise",
  "instruct",
  "answer",
];

/** Whether a command is about a call ticket (街呼区应): by its number, its own words, or what is in hand. */
export async function isCallCommand(turn: Turn, command: Command): Promise<boolean> {
  if (command.no?.startsWith("HJ")) return true;
  if (command.no !== null) return false;
  if (command.action === "callDraft" || command.action === "callForm") return true;
  const action = CALL_ACTIONS.find((known) => known === command.action);
  if (action === undefined) return false;
  return SHARED.includes(action) ? (await callCandidates(turn, action)).length > 0 : true;
}

/** Does one command to one call and says what came of it. */
export async function answerCallCommand(
  turn: Turn,
  command: Command,
): Promise<{ result: TurnResult; refused: boolean }> {
  if (command.action === "callDraft")
    return { result: await answerCallDraft(turn, command.note), refused: false };
  if (command.action === "status" && command.no !== null)
    return { result: await answerCallStatus(turn, command.no), refused: false };
  if (command.action === "history" && command.no !== null)
    return { result: await answerCallHistory(turn, command.no), refused: false };
  if (command.action === "callForm")
    return {
      result: await (command.no === null
        ? answerWhichForm(turn)
        : answerCallForm(turn, command.no)),
      refused: false,
    };
  if (command.action === "acknowledgeUpward" && command.no !== null)
    return { result: await answerAcknowledged(turn, command.no, command.note), refused: false };
  const action = actionOf(command);
  if (action === null)
    return refusedWith(
      `${command.no ?? "这件"}是呼叫工单,不能这样操作。说「帮助」看看可以怎么说。`,
    );
  const word = CALL_ACTION_NAMES[action];
  if (!turn.speaker.roles.some((role) => CALL_RIGHTS[action].includes(role))) {
    await auditRefusal(turn, action, command.no);
    return refusedWith(noRight(action === "rejectApproval" ? "签批" : word, command.no));
  }
  const target = await chooseCall(turn, command.no, action, word);
  if ("ask" in target) return refusedWith(target.ask);
  const call = await findCall(turn.tx, target.no);
  const each = onePerDepartment(turn, action, command);
  if (each !== null) return answerEach(turn, each, target.no);
  const built = await buildCallCommand(turn, action, command, call);
  if ("ask" in built) return refusedWith(built.ask);
  const outcome = await actOnCall(
    turn.tx,
    turn.office,
    target.no,
    built.command,
    turn.speaker,
    turn.messageId,
  );
  const org = (code: string) => orgName(turn.district, code);
  const text = outcome.ok
    ? `${callActionDone(outcome.change, outcome.call.state, org, turn.speaker.orgCode)}${stillWaiting(target.beside)}`
    : await whyNot(turn, outcome, target.no, built.command, call);
  return { result: { answers: [here(text)], eventNos: [], keepWords: true }, refused: !outcome.ok };
}

/** 「确认到场 HJ… 综合执法 市监」: the same for each of several departments; null where only one is named. */
function onePerDepartment(turn: Turn, action: CallAction, command: Command): Command[] | null {
  if (action !== "confirmArrival" && action !== "release") return null;
  const named = readDepartments(command.note, departmentNames(turn));
  if (named.deptNames.length < 2) return null;
  return named.deptNames.map((name) => ({ ...command, note: `${name} ${named.reason}`.trim() }));
}

/** Everything that can be done is done, and each that cannot is told why. */
async function answerEach(
  turn: Turn,
  commands: readonly Command[],
  no: string,
): Promise<{ result: TurnResult; refused: boolean }> {
  const told: string[] = [];
  let refused = false;
  for (const command of commands) {
    const one = await answerCallCommand(turn, { ...command, no });
    const said = one.result.answers.map(({ text }) => text).join("\n");
    told.push(one.refused ? `${command.note.split(" ")[0]}:${said}` : said);
    refused ||= one.refused;
  }
  // What was confirmed last lists all that came.
  const done = told.filter((text) => text.startsWith("已确认到场"));
  const kept = told.filter((text) => !done.slice(0, -1).includes(text));
  return { result: { answers: [here(kept.join("\n"))], eventNos: [], keepWords: true }, refused };
}

async function whyNot(
  turn: Turn,
  refusal: Refusal<CallAction>,
  no: string,
  command: CallCommand,
  call: CallRecord | null,
): Promise<string> {
  const { code, action } = refusal;
  const org = (deptCode: string) => orgName(turn.district, deptCode);
  if (code === "noRight" && call !== null && isNotYetCalled(turn, action, call))
    return notDispatchedToYou(no);
  if (code !== "fieldRequired" || command.action !== "dispatch" || call === null)
    return callRefusalText(refusal, no, org);
  const item = await itemOf(turn.tx, call.state);
  const now = turn.office.clock.now();
  const example = dispatchExample(call.state, command, item?.headcount ?? null, now, org);
  return callRefusalText(refusal, no, org, example);
}

/** A responder could do it, were the call only theirs: the right is there, the dispatch is not. */
const isNotYetCalled = ({ speaker }: Turn, action: CallAction, { state }: CallRecord): boolean =>
  speaker.roles
    .filter((role) => CALL_RIGHTS[action].includes(role))
    .every((role) => role === "responder") &&
  !state.responses.some(({ deptCode }) => deptCode === speaker.orgCode);

/** 「退单」 and 「撤回」 are said of events; about a call they mean its own words. */
function actionOf(command: Command): CallAction | null {
  const same: Record<string, CallAction> = {
    return: "rejectApproval",
    withdraw: "cancel",
    reopen: "rejectApproval",
    correct: "amend",
    supplement: "siteLog",
    progress: "siteLog",
  };
  return CALL_ACTIONS.find((known) => known === command.action) ?? same[command.action] ?? null;
}

const refusedWith = (text: string) => ({
  result: { ...onlySay(here(text)), keepWords: true },
  refused: true,
});

/** From what was said to what the workflow takes. */
async function buildCallCommand(
  turn: Turn,
  action: CallAction,
  said: Command,
  call: CallRecord | null,
): Promise<{ command: CallCommand } | { ask: string }> {
  const note = maskPersonalData(said.note).trim();
  const now = turn.office.clock.now();
  const names = departmentNames(turn);
  switch (action) {
    case "amend": {
      const changed = await amendedFields(turn, note, call?.state.wantedDepts ?? []);
      return "ask" in changed ? changed : parsed({ action, ...iso(changed.fields) });
    }
    case "assess":
      return parsed({
        action,
        passed: said.approved !== false,
        ...(note === "" ? {} : { reason: note }),
      });
    case "dispatch": {
      const read = readDispatch(note, now, names);
      const depts = departmentCodes(
        turn,
        read.departments.map(({ name }) => name),
      );
      if ("ask" in depts) return depts;
      const replaced = departmentCodes(turn, read.replaces);
      if ("ask" in replaced) return replaced;
      return parsed({
        action,
        departments: depts.codes.map((deptCode, index) => ({
          deptCode,
          headcount: read.departments[index]?.headcount ?? null,
        })),
        reportAt: read.reportAt?.toISOString() ?? null,
        reportPlace: read.placeRaw === null ? null : callPlace(turn, read.placeRaw),
        replaces: replaced.codes,
        ...(read.rest === "" ? {} : { note: read.rest }),
      });
    }
    case "respond": {
      const { headcount } = readRespond(note, names);
      return parsed({
        action,
        ...(headcount === null ? {} : { headcount }),
        ...(note === "" ? {} : { note }),
      });
    }
    case "eta": {
      const minutes = readEta(note);
      return minutes === null
        ? { ask: "要晚多少分钟?例如「堵车晚20分钟」。" }
        : parsed({ action, minutes, note });
    }
    case "checkIn": {
      const { headcount } = readCheckIn(note);
      const { location } = turn.message;
      return parsed({
        action,
        ...(location ?? {}),
        ...(headcount === null ? {} : { headcount }),
        ...(note === "" ? {} : { note }),
      });
    }
    case "confirmArrival":
    case "release": {
      const read = readDeptAndReason(note, names);
      if (read.deptName === null)
        return {
          ask: `请写明是哪个部门,例如「${CALL_ACTION_NAMES[action]} ${said.no ?? "HJ…"} 市场监管」。`,
        };
      const dept = departmentCode(turn, read.deptName);
      if ("ask" in dept) return dept;
      // Its step names whose arrival was confirmed; codes become names where it is read.
      const about = [action === "confirmArrival" ? dept.code : "", read.reason]
        .filter((part) => part !== "")
        .join(" ");
      return parsed({
        action,
        deptCode: dept.code,
        ...(read.reason === "" ? {} : { reason: read.reason }),
        ...(about === "" ? {} : { note: about }),
      });
    }
    case "close":
    case "evaluate": {
      const read = readScores(note, names);
      const [wrong] = read.outOfRange;
      if (wrong !== undefined)
        return {
          ask: `评分只能是0到100,${wrong.name}写了${wrong.said}。${said.no ?? "这件"} 没有${CALL_ACTION_NAMES[action]},请改好再说一次。`,
        };
      const depts = departmentCodes(
        turn,
        read.scores.map(({ name }) => name),
      );
      if ("ask" in depts) return depts;
      const of = <Value>(
        pick: (score: { score: number; comment: string | null }) => Value | null,
      ) =>
        Object.fromEntries(
          depts.codes.flatMap((code, index) => {
            const score = read.scores[index];
            const value = score === undefined ? null : pick(score);
            return value === null ? [] : [[code, value]];
          }),
        );
      return parsed({
        action,
        note: read.opinion,
        scores: of(({ score }) => score),
        comments: of(({ comment }) => comment),
      });
    }
    case "followUp": {
      const read = readFollowUp(note);
      return parsed({ action, satisfied: read.satisfied, note: read.note });
    }
    case "findFault": {
      const read = readFault(note, names);
      if (read.deptName === null || read.fault === null) {
        return {
          ask: `请写明部门和情形,例如「认定 ${said.no ?? "HJ…"} 水务 迟响应」(不响应、迟响应、未到场、迟到、响应不作为)。`,
        };
      }
      const dept = departmentCode(turn, read.deptName);
      return "ask" in dept
        ? dept
        : parsed({
            action,
            deptCode: dept.code,
            fault: read.fault,
            ...(read.note === "" ? {} : { note: read.note }),
          });
    }
    case "delay":
      return said.workdays === null
        ? { ask: `请写明延几个工作日和理由,例如「申请延期 ${said.no ?? "HJ…"} 5个工作日 理由」。` }
        : parsed({ action, workdays: said.workdays, reason: note });
    case "circular": {
      const words = circularWords(turn, said.no, note, call);
      return "ask" in words ? words : parsed({ action, ...words });
    }
    case "decideDelay": {
      const read = readDeptAndReason(note, names);
      const dept = read.deptName === null ? null : departmentCode(turn, read.deptName);
      if (dept !== null && "ask" in dept) return dept;
      return parsed({
        action,
        approved: said.approved === true,
        ...(dept === null ? {} : { deptCode: dept.code }),
        ...(read.reason === "" ? {} : { reason: read.reason }),
      });
    }
    case "rejectApproval":
    case "decline":
      return parsed({ action, reason: note });
    case "cancel":
      return parsed({ action, ...(note === "" ? {} : { reason: note }) });
    case "urge":
    case "supervise":
    case "instruct": {
      const { deptName } = readDeptAndReason(note, names);
      const dept = deptName === null ? null : departmentCode(turn, deptName);
      if (dept !== null && "ask" in dept) return dept;
      const answerBy = readAnswerBy(note, now);
      return parsed({
        action,
        note,
        ...(dept === null ? {} : { deptCode: dept.code }),
        ...(said.grade === null ? {} : { grade: said.grade }),
        ...(answerBy === null ? {} : { answerBy: answerBy.toISOString() }),
      });
    }
    case "siteLog":
    case "complete":
    case "appeal":
    case "answer":
      return parsed({ action, note });
    default:
      return parsed({ action, ...(note === "" ? {} : { note }) });
  }
}

function parsed(fields: Record<string, unknown>): { command: CallCommand } | { ask: string } {
  const command = CallCommand.safeParse(fields);
  if (command.success) return { command: command.data };
  return {
    ask: `没听懂要怎么${CALL_ACTION_NAMES[fields.action as CallAction] ?? "做"},说「帮助」看看可以怎么说。`,
  };
}

/** The command takes moments as text, as the API does. */
const iso = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Date ? value.toISOString() : value,
    ]),
  );
