import { writeAudit } from "../../db/queries/audit.ts";
import {
  type EventRecord,
  type EventRow,
  findEvent,
  type ReporterRow,
} from "../../db/queries/events.ts";
import type { Actor } from "../../services/domain/actor.ts";
import { NOWHERE } from "../../services/domain/event.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { hasEventRight, isSamePerson } from "../../services/domain/rights.ts";
import { joinedReporter } from "../../services/domain/separate.ts";
import type { Report, ReportedBy } from "../../services/workflows/report-event.ts";
import { type Separation, separateReport } from "../../services/workflows/separate-report.ts";
import { categoryName } from "../district.ts";
import { adviceFor } from "../replies/advice.ts";
import {
  nobodyToSeparate,
  nothingToSeparate,
  receipt,
  separated,
  separatedByRoom,
} from "../replies/receipt.ts";
import { noRight, notFound } from "../replies/refusals.ts";
import { here, onlySay, privately, reportedBy, type Turn, type TurnResult } from "../turn.ts";
import { summarise } from "../understanding/items/summary.ts";
import { placeOf, sourceOf } from "./report-parts.ts";

/** 「不是一回事」: what was joined to a neighbour's event last becomes an event of its own. */
export async function answerSeparation(turn: Turn): Promise<TurnResult> {
  const { numbers } = turn.understanding;
  const joined = turn.own.find(
    ({ row, state }) =>
      (numbers.length === 0 || numbers.includes(row.no)) &&
      joinedReporter(state, turn.speaker) !== null,
  );
  if (joined === undefined) return onlySay(here(nothingToSeparate));
  const separation = await separate(turn, joined, turn.speaker);
  if (separation === null) return onlySay(here(nothingToSeparate));
  const { row } = separation.event;
  const own = receipt([
    {
      no: row.no,
      category: categoryName(turn.district, row.category),
      place: row.placeRaw,
      level: row.level,
      draft: row.status === "draft",
      critical: row.urgency === "critical",
      advice: adviceFor(row.category),
    },
  ]);
  const { no } = joined.row;
  const say = row.confidential ? privately : here;
  return { answers: [say(separated(no, own))], eventNos: [row.no, no], keepWords: true };
}

/** 「拆分 SJ…」: the command room takes out who was joined last; who joined it undoes their own. */
export async function answerSeparateCommand(turn: Turn, no: string): Promise<TurnResult> {
  if (turn.own.some(({ row, state }) => row.no === no && joinedReporter(state, turn.speaker)))
    return answerSeparation(turn);
  const event = await findEvent(turn.tx, no);
  if (event === null) return onlySay(here(notFound(no)));
  if (!hasEventRight(turn.speaker, "merge", event.state)) {
    const at = turn.office.clock.now();
    const entry = { at, actor: turn.speaker, subject: { type: "event", no } };
    await writeAudit(turn.tx, {
      ...entry,
      action: "separate",
      outcome: "refused",
      reason: "noRight",
    });
    return onlySay(here(noRight("拆分", no)));
  }
  const last = event.reporters.filter(({ first }) => !first).at(-1);
  const separation = last === undefined ? null : await separate(turn, event, last);
  if (separation === null) return onlySay(here(nobodyToSeparate(no)));
  const { row } = separation.event;
  return {
    answers: [here(separatedByRoom(no, row.no, row.summary))],
    eventNos: [row.no, no],
    keepWords: true,
  };
}

type Account = Pick<Actor, "personId" | "channel" | "platformUserId">;

async function separate(
  turn: Turn,
  event: EventRecord,
  account: Account,
): Promise<Separation | null> {
  const reporter = event.reporters.find((one) => !one.first && isSamePerson(account, one));
  if (reporter === undefined) return null;
  const own = isSamePerson(account, turn.speaker);
  const by: ReportedBy = own
    ? reportedBy(turn, 0)
    : {
        actor: { ...RESIDENT, ...accountOf(reporter) },
        channel: reporter.channel,
        platformUserId: reporter.platformUserId,
        conversation: { id: reporter.conversationId, type: reporter.conversationType },
        reply: null,
        message: { id: turn.messageId, item: 0 },
      };
  const report = reportOfItsOwn(turn, event.row, reporter.words, own);
  return separateReport(turn.tx, turn.office, event.row.no, report, by, turn.speaker);
}

const accountOf = ({ personId, channel, platformUserId }: ReporterRow) => ({
  personId,
  channel,
  platformUserId,
});

/** Of somebody whom the command room acts for only the account is known. */
const RESIDENT = { name: null, orgCode: null, streetCode: null, roles: [], gridCodes: [] };

/**
 * The words that were joined, and what is said now, read alone. Where they tell no trouble or no place
 * (「我家也没水」), the trouble is that of the event they were joined to, and the place its grid.
 */
function reportOfItsOwn(turn: Turn, row: EventRow, said: string, own: boolean): Report {
  const more = own ? (turn.understanding.more ?? "") : "";
  const words = [said, maskPersonalData(more)].filter((part) => part !== "").join(";");
  const emergency = row.kind === "emergency";
  // What is said now corrects what was said before.
  const [now, before] = [turn.glance(more), turn.glance(said)];
  const seen = now.categories[0] ?? before.categories[0];
  const category = emergency || seen === undefined ? row.category : seen;
  const known = turn.district.categories.get(category);
  const reading = now.place.raw === "" ? before.place : now.place;
  return {
    kind: row.kind,
    category,
    platform: known?.platform ?? row.platform,
    level: emergency ? row.level : (known?.level ?? row.level),
    urgency: emergency ? row.urgency : (known?.urgency ?? row.urgency),
    summary: summarise(words) || row.summary,
    words,
    place: reading.raw === "" ? NOWHERE : placeOf(reading),
    groupGridCode: row.gridCode,
    timeText: null,
    people: null,
    missing: [],
    confidential: row.confidential,
    emergency,
    source: own ? sourceOf(turn) : row.source,
    parse: { by: "rules", promptVersion: null, confidence: 0.5, candidates: [] },
  };
}
