import { findEvents, openEventNosOfGrid } from "../../db/queries/events.ts";
import { type Duplicate, findDuplicate } from "../../services/domain/duplicate.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import type { ReportItem } from "../../services/domain/understanding.ts";
import { joinEvent } from "../../services/workflows/join-event.ts";
import { reportEvent } from "../../services/workflows/report-event.ts";
import { CLARIFY_REPORT, clarifyStart } from "../dialogs/clarify-report.ts";
import type { DialogState } from "../dialogs/engine.ts";
import { categoryName } from "../district.ts";
import { adviceFor } from "../replies/advice.ts";
import { fraudWarning, wishForwarded } from "../replies/general.ts";
import { questionsFor, whichPlace } from "../replies/questions.ts";
import {
  confidentialHint,
  confidentialReceipt,
  joined,
  joinedAgain,
  type ReceiptItem,
  receipt,
} from "../replies/receipt.ts";
import { type Answer, here, privately, reportedBy, type Turn, type TurnResult } from "../turn.ts";
import { DIALOG_PLACES } from "./chosen-place.ts";
import { DIALOG_EVENT } from "./open-question.ts";
import { groupGridOf, placeOf, sourceOf, withLocation } from "./report-parts.ts";
import { type AskedQuestion, answerQuestion, rememberQuestion } from "./service-question.ts";

/** Every problem of a report becomes an event, joins one that is there, or is answered; one receipt for all. */
export async function answerReport(turn: Turn): Promise<TurnResult> {
  const done: Done[] = [];
  for (const [index, item] of turn.understanding.items.entries()) {
    done.push(item.kind === "consult" ? consulted(turn, item) : await fileItem(turn, item, index));
  }
  const eventNos = done.flatMap((one) => (one.no === null ? [] : [one.no]));
  const question = await clarify(turn, done);
  return {
    answers: withQuestion(receipts(turn, done), question?.answer ?? null),
    eventNos,
    ...withAsked(turn, done, question === null ? dangerDialog(done) : { dialog: question.dialog }),
    keepWords: eventNos.length > 0,
  };
}

/** What became of one problem. */
interface Done {
  item: ReportItem;
  no: string | null;
  receipt: ReceiptItem | null;
  /** a sentence of its own: an answer, or that it joined another */
  said: string | null;
  /** a question that may be asked on about */
  asked?: AskedQuestion;
}

function consulted(turn: Turn, item: ReportItem): Done {
  const answered =
    item.category === "security.fraud" ? { said: fraudWarning } : answerQuestion(turn, item);
  return { item, no: null, receipt: null, ...answered };
}

/** Beside whatever dialog goes on, what was asked is remembered for 「转人工」. */
function withAsked(
  turn: Turn,
  done: readonly Done[],
  next: { dialog?: DialogState | null },
): { dialog?: DialogState | null } {
  const asked = done.findLast((one) => one.asked !== undefined)?.asked;
  if (asked === undefined) return next;
  return {
    dialog: rememberQuestion(turn, next.dialog === undefined ? turn.dialog : next.dialog, asked),
  };
}

/** Where somebody may be in danger, what its reporter says next is about that. */
function dangerDialog(done: readonly Done[]): { dialog?: DialogState } {
  const critical = done.find((one) => one.receipt?.critical);
  return critical === undefined ? {} : { dialog: { [DIALOG_EVENT]: critical.no } };
}

/** Receipt and question are one message where they go to the same place. */
function withQuestion(answers: Answer[], question: Answer | null): Answer[] {
  const last = answers.at(-1);
  if (question === null) return answers;
  if (last === undefined || last.where !== question.where) return [...answers, question];
  return [...answers.slice(0, -1), { ...last, text: `${last.text}\n${question.text}` }];
}

/** @param dealtWith - whoever reports it has done the work as well */
export async function fileItem(
  turn: Turn,
  read: ReportItem,
  index: number,
  dealtWith = false,
): Promise<Done> {
  const words = maskPersonalData(turn.message.text);
  const place = withLocation(turn, placeOf(read.place, read.missing));
  const isLocated = place.lng !== null && place.lat !== null;
  const item = isLocated
    ? { ...read, missing: read.missing.filter((element) => element !== "place") }
    : read;
  const gridCode = place.gridCode ?? groupGridOf(turn);
  const { join: same, possible } = turn.understanding.confidential
    ? UNIQUE
    : await sameTrouble(turn, item, gridCode);
  if (same !== null) {
    const outcome = await joinEvent(
      turn.tx,
      turn.office,
      same,
      words,
      reportedBy(turn, index),
      item.people,
    );
    if (outcome.ok) {
      const said = outcome.again
        ? joinedAgain(same, outcome.event.row.summary)
        : joined(same, outcome.households ?? 1, outcome.event.row.summary);
      return { item, no: same, receipt: null, said };
    }
  }
  const event = await reportEvent(
    turn.tx,
    turn.office,
    {
      kind: turn.understanding.kind,
      category: item.category,
      platform: item.platform,
      level: item.level,
      urgency: item.urgency,
      summary: item.summary,
      words,
      place,
      groupGridCode: groupGridOf(turn),
      timeText: item.timeText,
      people: item.people,
      missing: item.missing,
      confidential: turn.understanding.confidential,
      emergency: false,
      dealtWith,
      source: sourceOf(turn),
      parse: {
        by: turn.understanding.by,
        promptVersion: turn.understanding.promptVersion,
        confidence: turn.understanding.confidence,
        candidates: item.candidates,
        unsure: (item.candidates[0]?.score ?? 0) < turn.district.sureFrom,
        ...(item.opinions === undefined ? {} : { opinions: item.opinions }),
        ...(possible === null ? {} : { possibleDuplicate: possible }),
      },
    },
    reportedBy(turn, index),
  );
  return {
    item,
    no: event.row.no,
    said: null,
    receipt: {
      no: event.row.no,
      category: categoryName(turn.district, item.category),
      place: event.row.placeRaw,
      level: event.row.level,
      draft: event.row.status === "draft",
      critical: event.row.urgency === "critical",
      advice: adviceFor(item.category),
    },
  };
}

const UNIQUE: Duplicate = { join: null, possible: null };

/** An open event of the same grid, place, category and words: the report joins it (domain.md A06). */
export async function sameTrouble(
  turn: Turn,
  item: ReportItem,
  gridCode: string | null,
): Promise<Duplicate> {
  if (gridCode === null) return UNIQUE;
  const since = new Date(
    turn.office.clock.now().getTime() - turn.office.policy.joinHours * 3_600_000,
  );
  const nearby = await findEvents(turn.tx, await openEventNosOfGrid(turn.tx, gridCode, since));
  return findDuplicate(
    { category: item.category, place: placeOf(item.place), summary: item.summary },
    nearby.map(({ state, row }) => ({
      ...state,
      summary: row.summary,
      own: turn.own.some((event) => event.row.no === row.no),
    })),
  );
}

function receipts(turn: Turn, done: readonly Done[]): Answer[] {
  const items = done.flatMap((one) => (one.receipt === null ? [] : [one.receipt]));
  const said = done.flatMap((one) => (one.said === null ? [] : [one.said]));
  if (turn.understanding.confidential) {
    const registered = items.map((item) =>
      privately([confidentialReceipt(item.no, item.advice), ...said].join("\n")),
    );
    return turn.message.conversation.type === "group"
      ? [here(confidentialHint), ...registered]
      : registered;
  }
  if (turn.understanding.kind === "wishPublish" && items[0] !== undefined)
    return [here(wishForwarded(items[0].no))];
  if (items.length === 0) return said.length === 0 ? [] : [here(said.join("\n"))];
  return [here(receipt(items, said))];
}

/** Asks for what the first incomplete event lacks. One question at a time. */
async function clarify(
  turn: Turn,
  done: readonly Done[],
): Promise<{ answer: Answer; dialog: DialogState | null } | null> {
  const draft = done.find((one) => one.receipt?.draft);
  if (draft?.no === undefined || draft.no === null) return null;
  const { ambiguous } = draft.item.place;
  const [first, ...later] = questionsFor(
    draft.item.missing,
    draft.no,
    categoryName(turn.district, draft.item.category),
  );
  const question =
    ambiguous.length > 1
      ? whichPlace(
          draft.no,
          ambiguous.map((one) => one.name),
        )
      : first;
  if (question === undefined) return null;
  const begun = await turn.dialogs.begin(
    CLARIFY_REPORT,
    clarifyStart({
      no: draft.no,
      questions: [question, ...later].slice(0, turn.office.policy.clarifyRounds),
    }),
  );
  const text = begun.said.join("\n");
  return {
    answer: turn.understanding.confidential ? privately(text) : here(text),
    dialog:
      begun.state === null
        ? null
        : { ...begun.state, [DIALOG_EVENT]: draft.no, [DIALOG_PLACES]: ambiguous },
  };
}
