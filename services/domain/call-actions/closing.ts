import {
  activeResponses,
  type CallResponse,
  type CallState,
  latestResponse,
  unsettled,
} from "../call-ticket.ts";
import { actsForOthers, type CallDecider, isBlank, refused, tell } from "./decision.ts";
import { turned } from "./response.ts";
import { supervisionOf } from "./supervision.ts";

/** The street's last word, the visit afterwards, and the supervisors' judgement. */

export const siteLog: CallDecider<"siteLog"> = (_call, command) => ({ note: command.note });

/** The opinion on the whole and the score of each department come in one breath (seed 001, last step). */
export const close: CallDecider<"close"> = (call, command, { now }) => {
  const open = unsettled(call);
  if (open.length > 0)
    return refused("notSettled", { depts: open.map((response) => response.deptCode) });
  if (isBlank(command.note)) return refused("reasonRequired", { field: "note" });
  const strangers = Object.keys(command.scores).filter(
    (code) => !call.responses.some((response) => response.deptCode === code),
  );
  if (strangers.length > 0) return refused("notFound", { deptCode: strangers[0] });
  const responses = scored(call, command.scores, command.comments);
  const unscored = activeResponses({ responses }).filter((response) => response.score === null);
  return {
    patch: { closingOpinion: command.note, closedAt: now },
    responses,
    note: command.note,
    notices: [
      tell("district", "callClosed", call, { note: command.note, scores: command.scores }),
      tell("departments", "callClosed", call, { note: command.note }),
      tell("followUpAgents", "callToFollowUp", call),
      ...lowOrFaulty(call, responses),
      ...(unscored.length > 0
        ? [
            tell("callingStreet", "scoresMissing", call, {
              depts: unscored.map((response) => response.deptCode),
            }),
          ]
        : []),
    ],
  };
};

export const evaluate: CallDecider<"evaluate"> = (call, command) => {
  if (Object.keys(command.scores).length === 0)
    return refused("fieldRequired", { field: "scores", missing: ["scores"] });
  const strangers = Object.keys(command.scores).filter(
    (code) => !call.responses.some((response) => response.deptCode === code),
  );
  if (strangers.length > 0) return refused("notFound", { deptCode: strangers[0] });
  const responses = scored(call, command.scores, command.comments);
  return { responses, note: scoresText(command.scores), notices: lowOrFaulty(call, responses) };
};

export const followUp: CallDecider<"followUp"> = (call, command, { now }) => {
  if (isBlank(command.note) && command.satisfied === null)
    return refused("reasonRequired", { field: "note" });
  const result = [command.note, verdict(command.note, command.satisfied)]
    .filter((part) => part !== "")
    .join(" ");
  return {
    patch: { followUp: { result, at: now } },
    note: result,
    notices: [
      tell("callingStreet", "callFollowedUp", call, { result }),
      ...(command.satisfied === false
        ? [tell("supervisors", "callFollowedUp", call, { result })]
        : []),
    ],
  };
};

/** The word for it, unless the note has said it already: 「群众反映已解决 满意」. */
function verdict(note: string, satisfied: boolean | null): string {
  const dissatisfied = /不[^\s,,。;;]{0,2}满意/.test(note);
  const said = dissatisfied ? false : note.includes("满意") ? true : null;
  if (satisfied === null || satisfied === said) return "";
  return satisfied ? "满意" : "不满意";
}

/** The system has the evidence; that it is a fault is a person's finding. */
export const findFault: CallDecider<"findFault"> = (call, command, { actor, now }) => {
  const response = latestResponse(call, command.deptCode);
  if (response === null) return refused("notFound", { deptCode: command.deptCode });
  const finding = { by: actor.name, at: now, note: command.note ?? null };
  const known = response.faults.find(({ fault }) => fault === command.fault);
  const faults =
    known === undefined
      ? turned(response.faults, command.fault, command.fault, command.note ?? "督查认定", now).map(
          (record) => (record.fault === command.fault ? { ...record, finding } : record),
        )
      : response.faults.map((record) => (record === known ? { ...record, finding } : record));
  return {
    responses: call.responses.map((one) => (one === response ? { ...one, faults } : one)),
    note: `${command.deptCode} ${command.fault}${command.note === undefined ? "" : `:${command.note}`}`,
    notices: [
      tell(
        "department",
        "faultFound",
        call,
        { dept: command.deptCode, fault: command.fault, note: command.note ?? null },
        command.deptCode,
      ),
      tell("callingStreet", "faultFound", call, {
        dept: command.deptCode,
        fault: command.fault,
        note: command.note ?? null,
      }),
    ],
  };
};

/**
 * 通报: sent to the departments concerned and the street, with the evidence beside each finding; each of
 * them owes an answer on how it was put right (seed 001). Findings go out once.
 */
export const circular: CallDecider<"circular"> = (call, command, context) => {
  const found = call.responses.filter((response) => foundIn(response).length > 0);
  if (found.length === 0) return refused("nothingFound");
  if (found.every((response) => foundIn(response).every(({ circulated }) => circulated === true)))
    return refused("notAllowed", { circulated: true });
  const params = { findings: findingsOf(call), note: command.note ?? null };
  const demand = { kind: "rectify" as const, grade: "normal" as const, note: command.note ?? "" };
  const owedBy = [...new Set(found.map(({ deptCode }) => deptCode))];
  return {
    patch: { demands: [...call.demands, supervisionOf(demand, owedBy, context)] },
    responses: call.responses.map((response) => ({
      ...response,
      faults: response.faults.map((record) =>
        record.finding === null ? record : { ...record, circulated: true },
      ),
    })),
    note: command.note ?? null,
    notices: [
      ...found.map((response) =>
        tell("department", "circularIssued", call, params, response.deptCode),
      ),
      tell("callingStreet", "circularIssued", call, params),
      tell("district", "circularIssued", call, params),
    ],
  };
};

const foundIn = (response: CallResponse) =>
  response.faults.filter(({ finding }) => finding !== null);

/** What a circular says: every finding with its evidence and what the department answered to it. */
export const findingsOf = (call: Pick<CallState, "responses">) =>
  call.responses.flatMap((response) =>
    foundIn(response).map((record) => ({
      dept: response.deptCode,
      fault: record.fault,
      evidence: record.evidence,
      appeal: record.appeal?.note ?? null,
    })),
  );

/** What a department says against the evidence is kept beside it. */
export const appeal: CallDecider<"appeal"> = (call, command, { actor, now }) => {
  if (actsForOthers(actor, command.deptCode))
    return refused("noRight", { deptCode: command.deptCode });
  if (isBlank(command.note)) return refused("reasonRequired", { field: "note" });
  const response = latestResponse(call, command.deptCode ?? actor.orgCode);
  if (response === null)
    return refused("notFound", { deptCode: command.deptCode ?? actor.orgCode });
  if (response.faults.length === 0) return refused("nothingFound");
  const faults = response.faults.map((record) => ({
    ...record,
    appeal: { by: actor.name, at: now, note: command.note },
  }));
  return {
    responses: call.responses.map((one) => (one === response ? { ...one, faults } : one)),
    note: command.note,
    notices: [
      tell("supervisors", "faultAppealed", call, { dept: response.deptCode, note: command.note }),
    ],
  };
};

export const archive: CallDecider<"archive"> = () => ({});

/** Below this a score is looked at by the supervisors (domain.md Q10). */
const LOW_SCORE = 60;

function lowOrFaulty(call: CallState, responses: readonly CallResponse[]) {
  const looked = responses.filter(
    (response) =>
      (response.score !== null && response.score < LOW_SCORE) || response.faults.length > 0,
  );
  return looked.length === 0
    ? []
    : [
        tell("supervisors", "callToReview", call, {
          depts: looked.map((response) => ({
            dept: response.deptCode,
            score: response.score,
            faults: response.faults.map(({ fault, evidence }) => ({ fault, evidence })),
          })),
        }),
      ];
}

const scored = (
  call: CallState,
  scores: Readonly<Record<string, number>>,
  comments: Readonly<Record<string, string>>,
): CallResponse[] =>
  call.responses.map((response) => {
    const score = scores[response.deptCode];
    if (score === undefined || response !== latestResponse(call, response.deptCode))
      return response;
    return {
      ...response,
      status: response.status === "completed" ? "evaluated" : response.status,
      score,
      scoreComment: comments[response.deptCode] ?? response.scoreComment,
    };
  });

const scoresText = (scores: Readonly<Record<string, number>>): string =>
  Object.entries(scores)
    .map(([code, score]) => `${code}${score}`)
    .join(" ");
