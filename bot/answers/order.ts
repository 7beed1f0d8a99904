import { findHotlineOrder } from "../../db/queries/hotline.ts";
import { type HotlineRef, orderName } from "../../services/domain/hotline/line.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import { applyWaiting } from "../../services/workflows/hotline/apply-update.ts";
import { type Report, reportEvent } from "../../services/workflows/report-event.ts";
import { categoryName } from "../district.ts";
import { reportedBy, type Turn, type TurnResult } from "../turn.ts";
import { categoryOf } from "./emergency.ts";
import { sameTrouble } from "./report.ts";
import { placeOf, sourceOf, withLocation } from "./report-parts.ts";

const UNCLEAR = "other.unclear";

/**
 * A hotline's order becomes one event, whatever its words are: it joins no neighbour's, as it is to be
 * answered by its own number, and waits for no answer of a caller who is not here. What may be the same
 * trouble is named to the command room, which merges.
 */
export async function answerOrder(turn: Turn, ref: HotlineRef): Promise<TurnResult> {
  const order = await findHotlineOrder(turn.tx, ref, "lock");
  if (order === null) throw new Error(`Order ${ref.no} is in the inbox and nowhere else.`);
  const made = order.eventNo;
  const no = made ?? (await file(turn, ref, order.dueAt));
  if (made === null) await applyWaiting(turn.tx, turn.office, ref, no);
  return { answers: [], eventNos: [no], dialog: null, keepWords: true };
}

async function file(turn: Turn, ref: HotlineRef, dueAt: Date | null): Promise<string> {
  const { understanding, district } = turn;
  const item = understanding.items[0];
  const { emergency } = understanding;
  const category = emergency === null ? (item?.category ?? UNCLEAR) : categoryOf(emergency);
  const known = district.categories.get(category);
  const place = withLocation(turn, placeOf(item?.place ?? null));
  const gridCode = place.gridCode;
  const same =
    item === undefined || understanding.confidential
      ? null
      : await sameTrouble(turn, item, gridCode);
  const possible = same?.join ?? same?.possible ?? null;
  const report: Report = {
    kind: emergency === null ? "report" : "emergency",
    category,
    platform: item?.platform ?? known?.platform ?? null,
    level: emergency === null ? (item?.level ?? known?.level ?? 3) : 4,
    urgency: emergency === null ? (item?.urgency ?? "normal") : "critical",
    summary: item?.summary || `${orderName(ref)} ${categoryName(district, category)}`.slice(0, 40),
    words: maskPersonalData(turn.message.text),
    place,
    groupGridCode: null,
    timeText: item?.timeText ?? null,
    people: item?.people ?? null,
    missing: [],
    confidential: understanding.confidential,
    emergency: emergency !== null,
    source: sourceOf(turn),
    order: { ...ref, dueAt },
    parse: {
      by: understanding.by,
      promptVersion: understanding.promptVersion,
      confidence: understanding.confidence,
      candidates: item?.candidates ?? [],
      unsure: (item?.candidates[0]?.score ?? 0) < district.sureFrom,
      ...(item?.opinions === undefined ? {} : { opinions: item.opinions }),
      ...(possible === null ? {} : { possibleDuplicate: possible }),
    },
  };
  return (await reportEvent(turn.tx, turn.office, report, reportedBy(turn, 0))).row.no;
}
