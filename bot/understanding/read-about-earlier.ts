import { isPrivateMatter } from "../../services/domain/duplicate.ts";
import { isOpenEvent } from "../../services/domain/event.ts";
import type { Understanding } from "../../services/domain/understanding.ts";
import { findNumbers } from "./commands/numbers.ts";
import type { Heard, RecentEvent } from "./heard.ts";
import { readItems } from "./items/read-items.ts";
import { addsToFresh, asksForSecrecy, takesBackAlarm } from "./kinds/about-fresh.ts";
import { isConfidential } from "./kinds/confidential.ts";
import { readFollowUp } from "./kinds/follow-up.ts";
import { saysMeToo, saysOnlyMeToo } from "./kinds/metoo.ts";
import { readSeparation } from "./kinds/separation.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Normalised } from "./normalise.ts";
import { readCorrection } from "./places/correction.ts";
import { findPlace } from "./places/place-span.ts";
import { plain } from "./plain-reading.ts";

/**
 * What a message says about an event that exists already, the speaker's own or a neighbour's; null where
 * it speaks of something else.
 *
 * @param numbers - the numbers of events that the message names
 */
export function readAboutEarlier(
  message: Normalised,
  heard: Heard,
  knowledge: Knowledge,
  numbers: readonly string[],
): Understanding | null {
  const text = numbers.length > 0 ? withoutNumbers(message.text) : message.text;
  const separation = heard.ownEvents.some(isJoinedBy(numbers)) ? readSeparation(text) : null;
  if (separation !== null) return { ...plain("separate", 0.9), more: separation.more };
  const followUp = readFollowUp(text, {
    named: numbers.length > 0 || /[SH]J\d{8}/i.test(message.text.replace(/ /g, "")),
    own: heard.ownEvents.map((event) => event.status),
  });
  if (followUp?.kind === "correct") {
    const meant = heard.ownEvents.filter(({ no }) => numbers.length === 0 || numbers.includes(no));
    const about = { ...heard, ownEvents: meant };
    return {
      ...plain("correct", 0.9),
      correction: readCorrection(message, followUp.words, about, knowledge.gazetteer),
    };
  }
  if (followUp?.kind === "rating") return { ...plain("rating", 0.88), rating: followUp.rating };
  if (followUp !== null) return plain(followUp.kind, 0.85);
  const answer = readAnswer(message, heard, knowledge) ?? readAddition(message, heard, knowledge);
  if (answer !== null) return answer;
  if (saysOnlyMeToo(text)) return readOnlyMeToo(message, heard, knowledge);
  if (saysMeToo(text)) return readMeToo(message, heard, knowledge);
  return null;
}

/** An event the speaker was joined to; one of those named, where some are. */
const isJoinedBy =
  (numbers: readonly string[]) =>
  ({ no, joined, status }: RecentEvent): boolean =>
    joined === true && isOpenEvent(status) && (numbers.length === 0 || numbers.includes(no));

/** The words beside the numbers; as they were where nothing else was said. */
function withoutNumbers(text: string): string {
  let said = text.replace(/^# ?\d{3,7}(?!\d)/, "");
  for (const { start, end } of findNumbers(text).reverse())
    said = said.slice(0, start) + said.slice(end);
  said = said.replace(/^[\s#:,，]+/, "").trim();
  return said === "" ? text : said;
}

const FRESH_MS = 12 * 60 * 60_000;
const OVER: readonly RecentEvent["status"][] = ["completed", "verified"];

/** Whether something can still be added to it, or a neighbour can still join it. */
const isUnderWay = ({ status }: RecentEvent): boolean =>
  isOpenEvent(status) && !OVER.includes(status);

/** More about the speaker's own event of today. */
function readAddition(
  message: Normalised,
  heard: Heard,
  knowledge: Knowledge,
): Understanding | null {
  const { text } = message;
  const latest = heard.ownEvents[0];
  if (takesBackAlarm(text) && latest?.category.startsWith("emergency.") === true)
    return plain("supplement", 0.85);
  const fresh = heard.ownEvents.some(
    (event) => isUnderWay(event) && heard.sentAt.getTime() - event.createdAt.getTime() <= FRESH_MS,
  );
  if (!fresh || !addsToFresh(text)) return null;
  return {
    ...plain("supplement", 0.85),
    items: readItems(message, heard, knowledge, null).slice(0, 1),
    confidential: asksForSecrecy(text) || isConfidential(text, []),
  };
}

/** A bare place or a few words after a question are its answer. */
function readAnswer(message: Normalised, heard: Heard, knowledge: Knowledge): Understanding | null {
  const { text } = message;
  if (heard.pendingQuestion === null || text.length > 60) return null;
  if (/^(?:不知道|不清楚|谢谢|好的?|嗯|哦|ok|算了)[。!,~ ]*$/i.test(text)) return null;
  if (heard.pendingQuestion === "place") {
    if (findPlace(text, knowledge.gazetteer) === null && !/\d/.test(text)) return null;
    if (tellsAnotherTrouble(text, knowledge, heard)) return null;
  }
  return {
    ...plain("supplement", 0.85),
    items: readItems(message, heard, knowledge, null).slice(0, 1),
  };
}

/** Another trouble than the one asked about, told while a question is open, is a report of its own. */
function tellsAnotherTrouble(text: string, knowledge: Knowledge, heard: Heard): boolean {
  const reading = knowledge.categories.read(text);
  const top = reading.scores[0];
  if (top === undefined || top.points < 5 || !reading.tellsTrouble) return false;
  return heard.ownEvents[0] !== undefined && heard.ownEvents[0].category !== top.category;
}

const isJoinable = (event: RecentEvent): boolean =>
  isUnderWay(event) && !isPrivateMatter(event.category);

/** 「我家也是」 joins what a neighbour told last, and is small talk where nobody told anything. */
function readOnlyMeToo(message: Normalised, heard: Heard, knowledge: Knowledge): Understanding {
  const joined = heard.neighbourEvents.find(isJoinable);
  const [item] = readItems(message, heard, knowledge, null);
  if (joined === undefined || item === undefined) return plain("chitchat", 0.85);
  const items = [{ ...item, category: joined.category, missing: [] }];
  return { ...plain("metoo", 0.85), items, numbers: [joined.no] };
}

/** 「我家也没水」 joins what the neighbours told, or is the first report of it. */
function readMeToo(message: Normalised, heard: Heard, knowledge: Knowledge): Understanding | null {
  const items = readItems(message, heard, knowledge, null).slice(0, 1);
  const [item] = items;
  if (item === undefined) return null;
  const unclear = item.category === "other.unclear";
  const joined = heard.neighbourEvents
    .filter(isJoinable)
    .find(
      (event) => unclear || item.candidates.some(({ category }) => category === event.category),
    );
  if (joined === undefined) return null;
  return { ...plain("metoo", 0.85), items: [{ ...item, category: joined.category }] };
}
