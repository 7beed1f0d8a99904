import { localDay } from "../../services/domain/time.ts";
import { REPORTING_KINDS, type Understanding } from "../../services/domain/understanding.ts";
import { CALLING, rowsCalled } from "./calls/call-draft.ts";
import { departmentRows } from "./calls/departments.ts";
import { doubtOfWish } from "./calls/wish-doubt.ts";
import { findNumbers } from "./commands/numbers.ts";
import { readCommands } from "./commands/read-commands.ts";
import { command } from "./commands/verb.ts";
import { findEmergency } from "./emergencies/find-emergency.ts";
import type { Heard, RecentEvent } from "./heard.ts";
import { findInjection, withoutOrders } from "./injection.ts";
import { readItems, readOneItem } from "./items/read-items.ts";
import { isConfidential } from "./kinds/confidential.ts";
import { REPORT_FROM, weighEvidence } from "./kinds/evidence.ts";
import { asksForPerson } from "./kinds/hand-over.ts";
import { saysPersonMissing } from "./kinds/missing-person.ts";
import { readPatrolLog, saysDutyChange, saysSelfHandled } from "./kinds/official-notes.ts";
import { readPrivacy } from "./kinds/privacy.ts";
import { reportingKind } from "./kinds/reporting-kind.ts";
import { asksForService } from "./kinds/service-question.ts";
import { besidesSettled } from "./kinds/settled.ts";
import { silentKind } from "./kinds/silence.ts";
import type { Knowledge } from "./knowledge.ts";
import { type Normalised, normalise } from "./normalise.ts";
import { findPlace } from "./places/place-span.ts";
import { plain } from "./plain-reading.ts";
import { readAboutEarlier } from "./read-about-earlier.ts";

/** What rules alone make of a message, first match first: orders, dangers, then what may be silence. */
export function understandByRules(heard: Heard, knowledge: Knowledge): Understanding {
  const message = normalise(heard.text);
  const { text } = message;
  const chosen = chosenReport(message, heard, knowledge);
  if (chosen !== null) return chosen;
  if (heard.order) return orderedReport(message, heard, knowledge);
  if (text === "") return plain(heard.hasPicture ? "mediaOnly" : "chitchat", 0.95);

  const named = heard.speaker.official ? withDay(text, heard.sentAt) : text;
  const order = readCommands(named, {
    official: heard.speaker.official,
    call: heard.conversation.kind === "call",
    roles: heard.speaker.roles,
  });
  const numbers = order.numbers.length > 0 ? order.numbers : shortNumber(text, heard.ownEvents);
  const injection = findInjection(text);
  const base = { numbers, injection };
  if (order.commands.length > 0) {
    return { ...plain("command", 0.97), ...base, commands: order.commands };
  }
  const privacy = readPrivacy(text);
  if (privacy !== null) return { ...plain("privacyRequest", 0.95), ...base, privacy };

  if (asksForPerson(text)) return { ...plain("handOver", 0.95), ...base };

  const emergency = findEmergency(text);
  if (emergency !== null) {
    const items = readItems(withoutNumbers(message), heard, knowledge, emergency);
    const confidential = isConfidential(text, items);
    return { ...plain("emergency", 0.9), ...base, items, emergency, confidential };
  }
  const talk = readTalk(message, heard, knowledge, base);
  const about = heard.speaker.official ? aboutNumber(talk, order.numbers) : null;
  if (about !== null) return { ...about, ...base };
  return { ...talk, ...base, numbers: numbers.length > 0 ? numbers : talk.numbers };
}

/** 「001号单子派…」: a short number is one of today; three digits are a call's, four an event's. */
const withDay = (text: string, sentAt: Date): string =>
  text.replace(
    /(?<![\d-])(\d{3,4})号(?:呼叫)?(?:单子?|工单|件)/g,
    (_said, tail: string) =>
      ` ${tail.length === 3 ? "HJ" : "SJ"}${localDay(sentAt).replaceAll("-", "")}-${tail} `,
  );

/** Nothing that is known of an event or a call: talk, advertisement, or a trouble of its own. */
const OF_NOTHING: readonly string[] = [
  ...REPORTING_KINDS,
  "chitchat",
  "ad",
  "notice",
  "rumor",
  "selfHandled",
  "patrolLog",
];

/**
 * An official who names a ticket or an event speaks of it: that is never a report of its own, and is always
 * answered. Null where it was understood as something about an event.
 */
function aboutNumber(talk: Understanding, numbers: readonly string[]): Understanding | null {
  const [no] = numbers;
  if (no === undefined) return null;
  const ofCall = no.startsWith("HJ");
  if (!ofCall && !OF_NOTHING.includes(talk.kind)) return null;
  const asks = talk.kind === "progressQuery";
  const part = { said: "", numbers: [no], rest: "" };
  return {
    ...plain("command", 0.9),
    commands: command(part, asks && ofCall ? "status" : "unclear"),
  };
}

/** Who filled in a form of an app has said what it is about: only a danger told in the words comes before. */
function chosenReport(
  message: Normalised,
  heard: Heard,
  knowledge: Knowledge,
): Understanding | null {
  const { chosenCategory } = heard;
  if (chosenCategory === undefined || !knowledge.catalog.has(chosenCategory)) return null;
  if (findEmergency(message.text) !== null) return null;
  const item = readOneItem(message, heard, knowledge);
  const place = item.place.raw === "" && item.missing.includes("place") ? (["place"] as const) : [];
  return {
    ...plain("report", 0.95),
    injection: findInjection(message.text),
    items: [
      {
        ...asCategory({ ...item, kind: "report" }, chosenCategory, knowledge),
        missing: [...place],
      },
    ],
    confidential: isConfidential(message.text, [item]),
  };
}

/** What a hotline's operator wrote down is one problem: neither talk nor a question, and never a command. */
function orderedReport(message: Normalised, heard: Heard, knowledge: Knowledge): Understanding {
  const emergency = findEmergency(message.text);
  const items =
    emergency === null
      ? [readOneItem(message, heard, knowledge)]
      : readItems(message, heard, knowledge, emergency).slice(0, 1);
  return {
    ...plain(emergency === null ? "report" : "emergency", 0.9),
    injection: findInjection(message.text),
    items: items.map((item) => ({ ...item, kind: "report" })),
    emergency,
    confidential: isConfidential(message.text, items),
  };
}

/** 「#0087 不用了」: the end of a number is enough where it is one's own. */
function shortNumber(text: string, own: readonly RecentEvent[]): string[] {
  const tail = /^# ?(\d{3,7})(?!\d)/.exec(text)?.[1];
  const meant = own.find(({ no }) => tail !== undefined && no.endsWith(`-${tail}`));
  return meant === undefined ? [] : [meant.no];
}

function readTalk(
  message: Normalised,
  heard: Heard,
  knowledge: Knowledge,
  { injection, numbers }: Pick<Understanding, "injection" | "numbers">,
): Understanding {
  const { text } = message;
  const official = heard.speaker.official ? readOfficialNote(message, heard, knowledge) : null;
  if (official !== null) return official;
  if (injection && !hasFacts(withoutOrders(text), knowledge)) return plain("injectionOnly", 0.95);
  const silent = silentKind(text);
  if (silent !== null) return plain(silent, 0.9);
  if (saysPersonMissing(text)) return searched(message, heard, knowledge);
  return (
    readAboutEarlier(message, heard, knowledge, numbers) ??
    readSettled(text, heard, knowledge) ??
    readReport(message, heard, knowledge) ??
    plain("chitchat", 0.8)
  );
}

function readOfficialNote(
  message: Normalised,
  heard: Heard,
  knowledge: Knowledge,
): Understanding | null {
  const { text } = message;
  if (saysDutyChange(text)) return plain("dutyChange", 0.9);
  if (/^(?:报|上报|登记|巡查发现|发现|随手拍)[:： ]/.test(text))
    return reported(message, heard, knowledge, 0.9);
  if (saysSelfHandled(text)) {
    const items = readItems(message, heard, knowledge, null);
    return {
      ...plain("selfHandled", 0.85),
      items: items.slice(0, 1).map((item) => ({ ...item, level: 1 as const, missing: [] })),
    };
  }
  const patrolCounts = readPatrolLog(text);
  if (patrolCounts !== null && !/发现(?!异常)/.test(text.replace(/(?:未|没|没有)发现/g, ""))) {
    return { ...plain("patrolLog", 0.9), patrolCounts };
  }
  return null;
}

/**
 * 「上周请综合执法来查过油烟,效果不错」 is praise, and an official's 「先别叫综合执法来」 is about a call: neither is
 * a report. Null where a trouble is told besides.
 */
function readSettled(text: string, heard: Heard, knowledge: Knowledge): Understanding | null {
  const { official } = heard.speaker;
  const talk = plain("chitchat", 0.85);
  const names = (words: string): boolean => departmentRows(words, CALLING).length > 0;
  const rest = besidesSettled(text, official && names(text));
  if (rest !== null) {
    const reading = knowledge.categories.read(rest);
    const { strength } = weighEvidence(rest, reading);
    return reading.tellsTrouble || strength >= REPORT_FROM ? null : talk;
  }
  if (!official || rowsCalled(text).length === 0) return null;
  const doubt = doubtOfWish(text, names);
  return doubt === "negated" || doubt === "postponed" || doubt === "besides" ? talk : null;
}

function readReport(said: Normalised, heard: Heard, knowledge: Knowledge): Understanding | null {
  const message = withoutNumbers(said);
  const { text } = message;
  const wish = /微心愿|(?:申请|发布|想要|登记)[^,。]{0,8}心愿|心愿[:：]/.test(text);
  if (wish) {
    const items = readItems(message, heard, knowledge, null).slice(0, 1);
    return {
      ...plain("wishPublish", 0.9),
      items: items.map((item) => asCategory(item, "service.wish", knowledge)),
    };
  }
  const { strength } = weighEvidence(text, knowledge.categories.read(text));
  if (strength < REPORT_FROM) {
    if (asksForService(text, knowledge.services)) return reported(message, heard, knowledge, 0.8);
    return showsPlace(text, heard, knowledge) ? pictured(message, heard, knowledge) : null;
  }
  return reported(message, heard, knowledge, strength);
}

/** The digits of a number are no place: blanked, so that every span stays where it was. */
function withoutNumbers(message: Normalised): Normalised {
  let { text } = message;
  for (const { start, end } of findNumbers(text))
    text = text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
  return text === message.text ? message : { ...message, text };
}

/** A missing person is looked for at once: where to look is asked only where nobody could tell who should. */
function searched(message: Normalised, heard: Heard, knowledge: Knowledge): Understanding {
  const [item] = readItems(message, heard, knowledge, null);
  if (item === undefined) return plain("help", 0.85);
  const place = item.place.raw === "" ? { ...item.place, standard: "" } : item.place;
  const wanted = asCategory({ ...item, kind: "report", place }, "security.clue", knowledge);
  const missing = item.place.gridCode === null ? (["place"] as const) : [];
  return {
    ...plain("report", 0.9),
    items: [{ ...wanted, urgency: "critical", missing: [...missing] }],
  };
}

/** A picture and where it was taken: the trouble is in the picture, and is asked for. */
function showsPlace(text: string, heard: Heard, knowledge: Knowledge): boolean {
  if (!heard.hasPicture || text.length > 40) return false;
  const place = findPlace(text, knowledge.gazetteer);
  return place !== null && !place.vague;
}

function pictured(message: Normalised, heard: Heard, knowledge: Knowledge): Understanding {
  const items = readItems(message, heard, knowledge, null).slice(0, 1);
  return {
    ...plain("report", 0.6),
    items: items.map((item) => ({
      ...asCategory(item, "other.unclear", knowledge),
      missing: ["situation"],
    })),
  };
}

function reported(
  message: Normalised,
  heard: Heard,
  knowledge: Knowledge,
  confidence: number,
): Understanding {
  const items = readItems(message, heard, knowledge, null);
  const first = items[0];
  const kind =
    items.length === 1 && first?.kind === "consult"
      ? "consult"
      : items.length > 1 && items.some((item) => item.kind === "report")
        ? "report"
        : reportingKind(message.text, first?.category ?? "other.unclear");
  const asked = items.map((item) =>
    kind === "consult" && items.length === 1
      ? { ...item, kind: "consult" as const, missing: [] }
      : item,
  );
  return {
    ...plain(kind, confidence),
    items: asked,
    confidential: isConfidential(message.text, items),
  };
}

const asCategory = (item: Understanding["items"][number], slug: string, knowledge: Knowledge) => {
  const category = knowledge.catalog.get(slug);
  if (category === undefined) return item;
  return {
    ...item,
    category: slug,
    level: category.level,
    urgency: category.urgency,
    platform: category.platform,
    missing: [],
  };
};

function hasFacts(text: string, knowledge: Knowledge): boolean {
  if (text.trim().length < 4) return false;
  const { strength } = weighEvidence(text, knowledge.categories.read(text));
  return strength >= REPORT_FROM;
}
