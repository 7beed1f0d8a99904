import { findCall } from "../../db/queries/calls.ts";
import { missingOfDraft } from "../../services/domain/call-actions/approval.ts";
import type { CallDraft } from "../../services/domain/call-command.ts";
import { CALL_RIGHTS } from "../../services/domain/call-rights.ts";
import type { CallState } from "../../services/domain/call-ticket.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { REPORTING_KINDS } from "../../services/domain/understanding.ts";
import { actOnCall } from "../../services/workflows/act-on-call.ts";
import { itemOf } from "../../services/workflows/call-surroundings.ts";
import { draftCall } from "../../services/workflows/draft-call.ts";
import { departmentCodes, departmentNames } from "../commands/named-orgs.ts";
import { COMPLETE_DRAFT } from "../dialogs/complete-draft.ts";
import type { DialogState } from "../dialogs/engine.ts";
import { orgName } from "../district.ts";
import {
  askForCall,
  askForDraft,
  callDrafted,
  callNotDrafted,
  callRefusalText,
  draftDropped,
  draftUnchanged,
  emergencyNeedsDepartments,
  notComplex,
  notOnList,
} from "../replies/calls.ts";
import { emergencyGuide } from "../replies/emergency.ts";
import { noRight } from "../replies/refusals.ts";
import { here, onlySay, type Turn, type TurnResult, urgently } from "../turn.ts";
import { readAmend } from "../understanding/calls/amend.ts";
import { readCallDraft, rowsCalled } from "../understanding/calls/call-draft.ts";
import { doubtOfWish, dropsDraft } from "../understanding/calls/wish-doubt.ts";
import { normalise } from "../understanding/normalise.ts";
import { callPlace } from "./call-place.ts";
import { isCourtesy } from "./open-question.ts";

/** Under this key the kept dialog names its draft. */
export const DIALOG_CALL = "callNo";

/** Under this key the dialog of a bare 「发起街呼区应」 keeps when it asked what is to be called for. */
const DIALOG_CALL_ASKED = "callAskedAt";
const ASKED_FOR_MS = 60 * 60_000;

/** 「发起街呼区应 …」 and 「突发!…」: a draft, and one question at a time about what it lacks. */
export async function answerCallDraft(turn: Turn, note: string): Promise<TurnResult> {
  if (note.trim() === "" && mayDraft(turn)) return askWhatFor(turn);
  const read = readCallDraft(
    maskPersonalData(note),
    turn.office.clock.now(),
    departmentNames(turn),
  );
  const depts = departmentCodes(turn, read.deptNames);
  if ("ask" in depts) return onlySay(here(depts.ask));
  const draft: CallDraft = {
    cause: read.cause === "" ? note : read.cause,
    callType: read.emergency ? "emergency" : "complex",
    itemNo: null,
    place: read.placeRaw === null ? null : callPlace(turn, read.placeRaw),
    deptCodes: depts.codes,
    reportAt: read.reportAt,
  };
  const outcome = await draftCall(
    turn.tx,
    turn.office,
    draft,
    turn.glance(read.cause).categories,
    turn.speaker,
    turn.messageId,
  );
  const danger = turn.glance(note).emergency;
  const guide = danger === null ? [] : [urgently(emergencyGuide(danger))];
  if (!outcome.ok) return onlySay(...guide, here(draftRefusal(outcome.code, note)));
  const answered = await draftAnswer(turn, outcome.call.state);
  const over = turn.dialog?.[DIALOG_CALL_ASKED] === undefined ? {} : { dialog: null };
  return { ...over, ...answered, answers: [...guide, ...answered.answers] };
}

/** An order of its own, and not only words that call somebody, or that do not: 「要综合执法和市监来」. */
const orders = ({ understanding }: Turn): boolean =>
  understanding.commands.some(({ meant }) => meant !== "callDraft");

const mayDraft = ({ speaker }: Turn): boolean =>
  speaker.power !== undefined || speaker.roles.some((role) => CALL_RIGHTS.callDraft.includes(role));

async function askWhatFor(turn: Turn): Promise<TurnResult> {
  const begun = await turn.dialogs.begin(COMPLETE_DRAFT, { question: askForCall });
  const askedAt = turn.office.clock.now().toISOString();
  return {
    answers: begun.said.map(here),
    eventNos: [],
    keepWords: true,
    dialog: begun.state === null ? null : { ...begun.state, [DIALOG_CALL_ASKED]: askedAt },
  };
}

/** What comes after a bare 「发起街呼区应」 is what it is for; null when that was long ago, or nothing was asked. */
export async function answerWhatFor(turn: Turn, kept: DialogState): Promise<TurnResult | null> {
  const asked = kept[DIALOG_CALL_ASKED];
  if (typeof asked !== "string" || orders(turn)) return null;
  if (turn.office.clock.now().getTime() - new Date(asked).getTime() > ASKED_FOR_MS) return null;
  const said = turn.message.text.trim();
  if (said === "" || isCourtesy(said)) return null;
  if (/^(?:算了|不用了?$|不呼叫了?|取消|没事了?|先不|不发起了?)/.test(said) || dropsDraft(said))
    return { ...onlySay(here(callNotDrafted)), dialog: null };
  const doubt = doubtOfWish(normalise(said).text, wants(turn));
  if (doubt !== null && doubt !== "asked")
    return { answers: [here(askForCall)], eventNos: [], keepWords: true };
  const drafted = await answerCallDraft(turn, said);
  // Refused, it may be told in other words.
  return drafted;
}

/** Goes on with an open draft; null when the message is about something else. */
export async function answerDraftQuestion(
  turn: Turn,
  kept: DialogState,
): Promise<TurnResult | null> {
  const no = kept[DIALOG_CALL];
  const call = typeof no === "string" ? await findCall(turn.tx, no) : null;
  if (call === null || call.row.status !== "draft") return null;
  if (orders(turn) || turn.understanding.emergency !== null) return null;
  const said = turn.message.text;
  if (isCourtesy(said)) return null;
  if (dropsDraft(said)) return dropDraft(turn, call.row.no);
  const asked = missingOfDraft(call.state)[0] ?? null;
  const changed = await answeredFields(turn, said, asked);
  if (doubtOfWish(normalise(said).text, wants(turn)) !== null)
    return asked === null ? null : askedAgain(turn, call.row.no, asked, changed);
  if ("ask" in changed) return { answers: [here(changed.ask)], eventNos: [], keepWords: true };
  if (Object.keys(changed.fields).length === 0) return null;
  const outcome = await actOnCall(
    turn.tx,
    turn.office,
    call.row.no,
    { action: "amend", ...changed.fields },
    turn.speaker,
    turn.messageId,
  );
  if (!outcome.ok)
    return onlySay(
      here(callRefusalText(outcome, call.row.no, (code) => orgName(turn.district, code))),
    );
  const [next] = missingOfDraft(outcome.call.state);
  const { [DIALOG_CALL]: _no, ...state } = kept;
  const question = next === undefined ? null : askForDraft(call.row.no, next);
  const turned = await turn.dialogs.answer(state, turn.message.text, { next: question });
  if (question !== null) {
    return {
      answers: turned.said.map(here),
      eventNos: [],
      keepWords: true,
      dialog: turned.state === null ? null : { ...turned.state, [DIALOG_CALL]: call.row.no },
    };
  }
  return {
    answers: [here(await drafted(turn, outcome.call.state))],
    eventNos: [],
    keepWords: true,
    dialog: null,
  };
}

/** Whether words name departments that are called, or an hour. */
const wants =
  ({ office }: Turn) =>
  (words: string): boolean =>
    rowsCalled(words).length > 0 || readCallDraft(words, office.clock.now()).reportAt !== null;

/** 「算了,不叫了」 while the bot asks what a draft lacks. */
async function dropDraft(turn: Turn, no: string): Promise<TurnResult> {
  const outcome = await actOnCall(
    turn.tx,
    turn.office,
    no,
    { action: "cancel", reason: turn.message.text.trim() },
    turn.speaker,
    turn.messageId,
  );
  const said = outcome.ok
    ? draftDropped(no)
    : callRefusalText(outcome, no, (code) => orgName(turn.district, code));
  return { ...onlySay(here(said)), ...(outcome.ok ? { dialog: null } : {}) };
}

/**
 * Doubtful words change nothing of a draft. They are an answer that was not meant where they name what a
 * draft has; a place alone may as well be that of a report.
 */
function askedAgain(
  { understanding }: Turn,
  no: string,
  asked: string,
  changed: { fields: Partial<CallDraft> } | { ask: string },
): TurnResult | null {
  const named = "ask" in changed ? ["deptCodes"] : Object.keys(changed.fields);
  if (named.length === 0) return null;
  const onlyPlace = named.every((field) => field === "place");
  if (onlyPlace && REPORTING_KINDS.some((kind) => kind === understanding.kind)) return null;
  return { answers: [here(draftUnchanged(no, asked))], eventNos: [], keepWords: true };
}

/** What the answer to a question about a draft brings: departments, place, time, in any order. */
async function answeredFields(
  turn: Turn,
  text: string,
  asked: string | null,
): Promise<{ fields: Partial<CallDraft> } | { ask: string }> {
  // Asked which departments, people name them without 「要」.
  const said = maskPersonalData(asked === "departments" ? `要${text}` : text);
  const read = readCallDraft(said, turn.office.clock.now(), departmentNames(turn));
  const depts = departmentCodes(turn, read.deptNames);
  if ("ask" in depts) return depts;
  const bare = depts.codes.length === 0 && read.reportAt === null && asked === "place";
  const placeRaw = read.placeRaw ?? (bare ? text.trim() : null);
  return { fields: fieldsOf(turn, { placeRaw, reportAt: read.reportAt, deptCodes: depts.codes }) };
}

/** 「修改 HJ… 时间改为明晚9点,加上水务」: what changes in a draft; the rest stays. */
export async function amendedFields(
  turn: Turn,
  note: string,
  wantedDepts: readonly string[],
): Promise<{ fields: Partial<CallDraft> } | { ask: string }> {
  const read = readAmend(maskPersonalData(note), turn.office.clock.now(), departmentNames(turn));
  const named = departmentCodes(turn, read.deptNames ?? []);
  if ("ask" in named) return named;
  const added = departmentCodes(turn, read.addDepts);
  if ("ask" in added) return added;
  const dropped = departmentCodes(turn, read.dropDepts);
  if ("ask" in dropped) return dropped;
  const kept = (named.codes.length > 0 ? named.codes : wantedDepts).filter(
    (code) => !dropped.codes.includes(code),
  );
  const deptCodes = [...new Set([...kept, ...added.codes])];
  const same =
    deptCodes.length === wantedDepts.length &&
    deptCodes.every((code) => wantedDepts.includes(code));
  const fields = fieldsOf(turn, {
    placeRaw: read.placeRaw ?? null,
    reportAt: read.reportAt ?? null,
    deptCodes: same ? [] : deptCodes,
  });
  return { fields: { ...fields, ...(read.cause ? { cause: read.cause } : {}) } };
}

function fieldsOf(
  turn: Turn,
  read: { placeRaw: string | null; reportAt: Date | null; deptCodes: string[] },
): Partial<CallDraft> {
  return {
    ...(read.deptCodes.length === 0 ? {} : { deptCodes: read.deptCodes }),
    ...(read.reportAt === null ? {} : { reportAt: read.reportAt }),
    ...(read.placeRaw === null ? {} : { place: callPlace(turn, read.placeRaw) }),
  };
}

async function draftAnswer(turn: Turn, call: CallState): Promise<TurnResult> {
  const text = await drafted(turn, call);
  const [missing] = call.status === "draft" ? missingOfDraft(call) : [];
  if (missing === undefined) return { answers: [here(text)], eventNos: [], keepWords: true };
  const begun = await turn.dialogs.begin(COMPLETE_DRAFT, {
    question: askForDraft(call.no, missing),
  });
  return {
    answers: [here([text, ...begun.said].join("\n"))],
    eventNos: [],
    keepWords: true,
    dialog: begun.state === null ? null : { ...begun.state, [DIALOG_CALL]: call.no },
  };
}

async function drafted(turn: Turn, call: CallState): Promise<string> {
  const item = await itemOf(turn.tx, call);
  return callDrafted(call, item === null ? null : `第${item.no}项 ${item.name}`, (code) =>
    orgName(turn.district, code),
  );
}

function draftRefusal(code: string, note: string): string {
  if (code === "noRight")
    return `${noRight("发起街呼区应", null)}\n街道经办人或主要负责同志可以回「发起街呼区应 ${maskPersonalData(note).trim() || "事由 地点 部门 时间"}」。`;
  if (code === "notOnList") return notOnList;
  return code === "notComplex" ? notComplex : emergencyNeedsDepartments;
}
