import { readOccurrence } from "../../../services/domain/occurrence/occurrence.ts";
import type { EmergencyKind, ReportItem } from "../../../services/domain/understanding.ts";
import type { KnownAddress, KnownCategory } from "../directory.ts";
import type { Heard } from "../heard.ts";
import { asksForService } from "../kinds/service-question.ts";
import type { Knowledge } from "../knowledge.ts";
import { withLearned } from "../learned/learned-categories.ts";
import type { Normalised } from "../normalise.ts";
import { type FoundPlace, NO_PLACE, readPlace } from "../places/read-place.ts";
import { readPeople, readTimeText } from "./details.ts";
import { missingElements } from "./missing.ts";
import { judgeSeverity } from "./severity.ts";
import { shares } from "./shares.ts";
import { MOST_ITEMS, type Part, splitProblems } from "./split.ts";
import { summarise } from "./summary.ts";

/** When it happened is told early, in characters. */
const TIME_SOUGHT = 120;

const UNCLEAR = "other.unclear";

/** The problems of a message, each with category, place and what is missing. Always at least one. */
export function readItems(
  message: Normalised,
  heard: Heard,
  knowledge: Knowledge,
  emergency: EmergencyKind | null,
): ReportItem[] {
  const whole = { start: 0, end: message.text.length };
  const parts = emergency === null ? meaningfulParts(message, knowledge) : [whole];
  let within: KnownAddress | null = null;
  const items: ReportItem[] = [];
  for (const part of parts) {
    const place = readPlace(message, part.start, part.end, {
      gazetteer: knowledge.gazetteer,
      gridCode: heard.conversation.gridCode,
      within,
    });
    within = place?.within ?? within;
    items.push(
      readItem(message.text.slice(part.start, part.end), place, heard, knowledge, emergency),
    );
  }
  const [only] = items;
  if (only !== undefined && items.length === 1) {
    const cause = causeOfUnrest(only, knowledge);
    const unrest = unrestBeside(message.text, cause, knowledge);
    if (unrest !== null) items.splice(0, 1, cause, unrest);
  }
  return items.slice(0, MOST_ITEMS);
}

/** The one problem of a piece of text, for readings that were cut elsewhere. */
export function readOneItem(message: Normalised, heard: Heard, knowledge: Knowledge): ReportItem {
  const place = readPlace(message, 0, message.text.length, {
    gazetteer: knowledge.gazetteer,
    gridCode: heard.conversation.gridCode,
    within: null,
  });
  return readItem(message.text, place, heard, knowledge, null);
}

/** Parts that tell something of their own; a part that does not belongs to the one before it. */
function meaningfulParts(message: Normalised, knowledge: Knowledge): Part[] {
  const parts = splitProblems(message.text);
  if (parts.length === 1) return [{ start: 0, end: message.text.length }];
  const kept: Part[] = [];
  for (const part of parts) {
    const words = message.text.slice(part.start, part.end);
    const points = knowledge.categories.read(words).scores[0]?.points ?? 0;
    const last = kept.at(-1);
    if (points >= 3 || asksForService(words, knowledge.services)) kept.push({ ...part });
    else if (last !== undefined) last.end = part.end;
  }
  return kept.length === 0 ? [{ start: 0, end: message.text.length }] : kept;
}

function readItem(
  text: string,
  place: FoundPlace | null,
  heard: Heard,
  knowledge: Knowledge,
  emergency: EmergencyKind | null,
): ReportItem {
  const told = withoutBlame(text, knowledge);
  const candidates =
    emergency === null
      ? shares(scoresOf(told, knowledge)).slice(0, 3)
      : [{ category: `emergency.${emergency}`, score: 0.95 }];
  const category = categoryOf(candidates, knowledge);
  const consult =
    emergency === null &&
    (asksForAdvice(text, category.slug) || asksForService(text, knowledge.services));
  const severity = judgeSeverity(text, category);
  const occurrence = readOccurrence(text.slice(0, TIME_SOUGHT), heard.sentAt);
  const reading =
    emergency !== null
      ? dangerReading(place, heard)
      : place !== null
        ? readingOf(place)
        : consult
          ? { ...NO_PLACE, gridCode: heard.conversation.gridCode }
          : homeReading(heard, knowledge);
  return {
    category: category.slug,
    candidates: candidates.filter(({ category: slug }) => knowledge.catalog.has(slug)),
    kind: consult ? "consult" : "report",
    ...(consult ? { asked: text } : {}),
    summary: summarise(text),
    ...severity,
    platform: category.platform,
    place: reading,
    timeText: occurrence?.text ?? readTimeText(text),
    occurrence,
    people: readPeople(text),
    missing: missingElements({
      category: category.slug,
      consult,
      placed: place !== null && (!place.vague || place.addressCode !== null),
      vague: place?.vague ?? false,
      gridKnown: heard.conversation.gridCode !== null,
      situationTold: category.slug !== UNCLEAR || text.length >= 20,
    }),
  };
}

const BLAME =
  /[\s,，。;]+(?:找|问|跟|打电话给)?(?:物业|居委会?|社区|城管)(?:也|都|又|一直|说|就是|根本)?(?:不管|不理|没人管|不处理|不来)[^,，。]{0,4}$/;

/** 「垃圾没人收,物业也不管」 is about the rubbish, whoever else does not care. */
function withoutBlame(text: string, knowledge: Knowledge): string {
  const told = text.replace(BLAME, "");
  if (told === text) return text;
  return (knowledge.categories.read(told).scores[0]?.points ?? 0) >= 4 ? told : text;
}

/** What the lexicon and the district's own events say. */
const scoresOf = (text: string, { categories, learned, catalog }: Knowledge) =>
  withLearned(categories.read(text).scores, text, learned, catalog);

function categoryOf(
  candidates: readonly { category: string }[],
  knowledge: Knowledge,
): KnownCategory {
  const found =
    candidates[0] === undefined ? undefined : knowledge.catalog.get(candidates[0].category);
  return (
    found ??
    knowledge.catalog.get(UNCLEAR) ?? {
      slug: UNCLEAR,
      name: "其他/不明",
      platform: null,
      level: 3,
      urgency: "normal",
    }
  );
}

const ASKS =
  /怎么(?:办理?|申请|补|交|缴|领|报|开|弄|查|预约|迁|落)|如何(?:办|申|补|领|查|缴|预)|(?:要|需要|带)(?:啥|什么|哪些)|去(?:哪|哪里|哪儿)(?:里)?(?:补|办|开|领|交|报)|哪(?:里|儿)?(?:可以)?(?:补|办|开|领|交|报)|请问|咨询|能不能(?:办|领|报|申请)|可以(?:办|领|报|申请|补)吗|怎么(?:领|转|续|预约|认证)|能[^,。]{0,6}不$|能补不|在哪(?:个|里|儿)?(?:打|办|领|看)?|哪个(?:窗口|医院|卫生|地方|部门)|开不开|有没有[^,。]{0,8}(?:信息|补贴|政策|名额)|啥时候(?:登记|报名|开始|办)|还要[^,。]{0,4}吗|交多少|多少钱|什么时候(?:登记|报名|开始|办)|(?:要|需要)本人|真的假的|是真的吗|真的吗|是不是骗|条件/;

/** A question about a service or a trick call is answered, not filed. */
const asksForAdvice = (text: string, category: string): boolean =>
  /^(?:service\.(?!utility|wish)|housing\.security|security\.fraud)/.test(category) &&
  ASKS.test(text) &&
  !/投诉|举报|已经?(?:转|汇)了/.test(text);

const homeReading = (heard: Heard, knowledge: Knowledge) => {
  const { gridCode } = heard.conversation;
  const home = gridCode === null ? null : knowledge.gazetteer.homeOf(gridCode);
  return { ...NO_PLACE, gridCode, standard: home?.name ?? "" };
};

/** Rescuers are told only a place that was said by name or number: no home of the grid, no 「池塘」. */
const dangerReading = (place: FoundPlace | null, heard: Heard) =>
  place !== null && !place.vague
    ? readingOf(place)
    : { ...NO_PLACE, raw: place?.raw ?? "", gridCode: heard.conversation.gridCode };

const readingOf = ({ raw, standard, addressCode, gridCode, lng, lat, ambiguous }: FoundPlace) => ({
  raw,
  standard,
  addressCode,
  gridCode,
  lng,
  lat,
  ambiguous,
});

/** Unpaid workers who mean to sit before the government are two things: the debt, and the unrest. */
function causeOfUnrest(item: ReportItem, knowledge: Knowledge): ReportItem {
  const cause = item.candidates.find(
    ({ category, score }) => category.startsWith("dispute.") && score >= 0.2,
  );
  const known =
    item.category === "petition.cluster" && cause !== undefined
      ? knowledge.catalog.get(cause.category)
      : undefined;
  if (known === undefined) return item;
  return {
    ...item,
    category: known.slug,
    level: known.level,
    urgency: known.urgency,
    platform: known.platform,
  };
}

function unrestBeside(text: string, item: ReportItem, knowledge: Knowledge): ReportItem | null {
  const category = knowledge.catalog.get("petition.cluster");
  if (category === undefined || item.category === category.slug || item.kind === "consult")
    return null;
  if (
    !/去(?:市|区|县|镇|街道)?(?:政府|信访局?|市里|区里|市委)[^,。]{0,6}(?:门口|坐|闹|拉|讨|要|上访|静坐)|拉横幅|拉条幅|集体(?:上访|去)|堵(?:路|大门|政府)|一起去(?:闹|政府)/.test(
      text,
    )
  )
    return null;
  return {
    ...item,
    category: category.slug,
    candidates: [{ category: category.slug, score: 0.8 }],
    level: category.level,
    urgency: category.urgency,
    platform: category.platform,
    missing: [],
  };
}
