import type { EventRecord } from "../../db/queries/events.ts";
import { NOWHERE } from "../../services/domain/event.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { joinedReporter } from "../../services/domain/separate.ts";
import type { Report } from "../../services/workflows/report-event.ts";
import { separateReport } from "../../services/workflows/separate-report.ts";
import { categoryName } from "../district.ts";
import { adviceFor } from "../replies/advice.ts";
import { nothingToSeparate, receipt, separated } from "../replies/receipt.ts";
import { here, onlySay, reportedBy, type Turn, type TurnResult } from "../turn.ts";
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
  const report = reportOfItsOwn(turn, joined);
  const { no } = joined.row;
  const separation = await separateReport(turn.tx, turn.office, no, report, reportedBy(turn, 0));
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
  return {
    answers: [here(separated(no, own))],
    eventNos: [row.no, no],
    keepWords: true,
  };
}

/**
 * The words that were joined, and what is said now, read alone. Where they tell no trouble or no place
 * (「我家也没水」), the trouble is that of the event they were joined to, and the place its grid.
 */
function reportOfItsOwn(turn: Turn, { row, reporters, state }: EventRecord): Report {
  const reporter = joinedReporter(state, turn.speaker);
  const said = reporters.find((one) => one.platformUserId === reporter?.platformUserId)?.words;
  const words = [said ?? "", maskPersonalData(turn.understanding.more ?? "")]
    .filter((part) => part !== "")
    .join(";");
  const emergency = row.kind === "emergency";
  // What is said now corrects what was said before.
  const [now, before] = [turn.glance(turn.understanding.more ?? ""), turn.glance(said ?? "")];
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
    confidential: false,
    emergency,
    source: sourceOf(turn),
    parse: { by: "rules", promptVersion: null, confidence: 0.5, candidates: [] },
  };
}
