import { type EventLevel, isEventLevel } from "../../../services/domain/level.ts";
import type { ReportItem, Understanding } from "../../../services/domain/understanding.ts";
import type { Heard } from "../heard.ts";
import { readOneItem } from "../items/read-items.ts";
import { summarise } from "../items/summary.ts";
import type { Knowledge } from "../knowledge.ts";
import { normalise } from "../normalise.ts";
import type { Proposal, ProposedItem } from "./chat-model.ts";
import { isGrounded } from "./grounded.ts";
import { PROMPT_BODY } from "./prompt.ts";

/** A model has to be this sure to make an event of what the rules took for small talk. */
const SURE_ENOUGH_TO_SPEAK = 0.7;

/**
 * Rules first, the model where it knows better: category within the catalog, summary, place as quoted
 * from the message, how many problems, and which of the reporting kinds. A level moves one step at most.
 * What each of them took an item for is kept with it: where they differ there is something to learn.
 */
export function mergeReadings(
  rules: Understanding,
  proposal: Proposal,
  heard: Heard,
  knowledge: Knowledge,
): Understanding {
  const merged = { by: "hybrid" as const, promptVersion: proposal.promptVersion };
  if (proposal.kind === "chitchat") {
    const weak = rules.confidence < 0.6 && rules.numbers.length === 0;
    return weak
      ? { ...rules, ...merged, kind: "chitchat", items: [] }
      : { ...rules, ...merged, items: rules.items.map((item) => withOpinions(item, item, null)) };
  }
  if (rules.kind === "chitchat" && proposal.confidence < SURE_ENOUGH_TO_SPEAK)
    return { ...rules, ...merged };
  if (proposal.items.length === 0) return { ...rules, ...merged };
  const items = proposal.items.map((item, index) =>
    mergeItem(item, index, rules, heard, knowledge),
  );
  return {
    ...rules,
    ...merged,
    kind: proposal.kind,
    items:
      items.length >= rules.items.length
        ? items
        : rules.items.map((item, index) =>
            withOpinions(item, item, proposal.items[index]?.category ?? null),
          ),
    confidence: Math.max(rules.kind === "chitchat" ? 0 : rules.confidence, proposal.confidence),
  };
}

function mergeItem(
  proposed: ProposedItem,
  index: number,
  rules: Understanding,
  heard: Heard,
  knowledge: Knowledge,
): ReportItem {
  const quoted =
    proposed.place !== null && proposed.place !== "" && heard.text.includes(proposed.place)
      ? proposed.place
      : null;
  const own = rules.items[index];
  const fresh = readOneItem(normalise(quoted ?? proposed.summary), heard, knowledge);
  const base = own ?? fresh;
  const slug = proposed.category ?? base.category;
  const category = knowledge.catalog.get(slug);
  const place =
    quoted === null || (own !== undefined && own.place.addressCode !== null)
      ? base.place
      : { ...fresh.place, raw: quoted };
  const summary = summarise(proposed.summary);
  const grounded = isGrounded(proposed.summary, heard.text, category?.name ?? "", PROMPT_BODY);
  const merged: ReportItem = {
    ...base,
    category: category?.slug ?? base.category,
    candidates: withFirst(slug, base.candidates),
    kind: proposed.consult ? "consult" : "report",
    summary: grounded && summary !== "" ? summary : base.summary,
    level: stepTowards(
      slug === base.category ? base.level : (category?.level ?? base.level),
      proposed.level,
    ),
    urgency: slug === base.category ? base.urgency : (category?.urgency ?? base.urgency),
    platform: category?.platform ?? base.platform,
    place,
    missing:
      place.raw !== "" ? base.missing.filter((element) => element !== "place") : base.missing,
  };
  return withOpinions(merged, rules.kind === "chitchat" ? undefined : own, proposed.category);
}

/** @param own - the item as the rules read it; undefined where they saw none */
const withOpinions = (
  item: ReportItem,
  own: ReportItem | undefined,
  model: string | null,
): ReportItem => ({ ...item, opinions: { rules: own?.category ?? null, model } });

function withFirst(slug: string, candidates: ReportItem["candidates"]): ReportItem["candidates"] {
  const others = candidates.filter(({ category }) => category !== slug).slice(0, 2);
  const left = others.reduce((sum, { score }) => sum + score, 0);
  return [{ category: slug, score: Math.round(Math.max(0, 1 - left) * 100) / 100 }, ...others];
}

/** One step at most, whatever the model says. */
function stepTowards(level: EventLevel, asked: number | null): EventLevel {
  const stepped = asked === null ? level : level + Math.sign(asked - level);
  return isEventLevel(stepped) ? stepped : level;
}
