import type { EventRecord } from "../../db/queries/events.ts";
import { isOpenEvent } from "../../services/domain/event.ts";
import { MINUTE_MS } from "../../services/domain/time.ts";
import type { DialogState } from "../dialogs/engine.ts";

/** Under this key the kept dialog names its event, so that the answer is understood before Botkit sees it. */
export const DIALOG_EVENT = "eventNo";

/** What the bot waits to hear about an event. */
export interface OpenQuestion {
  event: EventRecord;
  asks: "place" | "situation";
}

/**
 * The question that is still open; null when nothing is waited for any more. A draft that a person took
 * over meanwhile and a critical event may still be told their place for a while.
 *
 * @param forMinutes - how long after the report
 */
export function openQuestion(
  dialog: DialogState | null,
  own: readonly EventRecord[],
  now: Date,
  forMinutes: number,
): OpenQuestion | null {
  const event = own.find(({ row }) => row.no === dialog?.[DIALOG_EVENT]);
  if (event === undefined) return null;
  const { status, missing, placeRaw, createdAt } = event.row;
  if (status === "draft")
    return { event, asks: missing[0] === "situation" ? "situation" : "place" };
  const fresh = now.getTime() - createdAt.getTime() <= forMinutes * MINUTE_MS;
  return fresh && isOpenEvent(status) && (placeRaw === null || isCritical(event))
    ? { event, asks: "place" }
    : null;
}

/** Somebody may be in danger: a fire, and a manhole without its lid. */
export const isCritical = ({ row }: EventRecord): boolean => row.urgency === "critical";

/** 「谢谢」 and 「好的」 are neither an answer nor a reason to ask again. */
export const isCourtesy = (text: string): boolean =>
  /^(?:谢谢?(?:你们?|您)?|多谢|感谢|好的?|好嘞|嗯+|哦+|噢|行|收到|辛苦(?:你们?|您)?了?|麻烦(?:你们?|您)?了?|ok)[\s啊呀啦哈哒了吧呢!!。.,,~~]*$/i.test(
    text.trim(),
  );
