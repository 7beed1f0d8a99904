import { describe, expect, it } from "vitest";
import { buildKnowledge } from "../../../bot/understanding/knowledge.ts";
import { understandByRules } from "../../../bot/understanding/understand-by-rules.ts";
import { REPORTING_KINDS, type Understanding } from "../../../services/domain/understanding.ts";
import { type Case, heardIn, readCases, sampleCatalog } from "../../support/heard.ts";
import { readingDirectory } from "../../support/reading-district.ts";

const knowledge = buildKnowledge(readingDirectory(sampleCatalog()));

const FILES = [
  "reports",
  "everyday",
  "emergencies",
  "dangers",
  "follow-ups",
  "silence",
  "talk",
  "officials",
  "calls",
  "injection",
];

describe.each(FILES)("prompts/cases/%s.jsonl by rules alone", (file) => {
  it.each(readCases(file).map((told) => [told.id, told.text, told] as const))(
    "%s %s",
    (_id, _text, told) => {
      const understood = understandByRules(heardIn(told), knowledge);
      if (told.none === true) expect(REPORTING_KINDS).not.toContain(understood.kind);
      if (told.calm === true) expect(understood.kind).not.toBe("emergency");
      if (told.kind !== undefined) expect([told.kind, ...told.alt]).toContain(understood.kind);
      expectItem(told, understood);
      expectRest(told, understood);
    },
  );
});

function expectItem(told: Case, understood: Understanding): void {
  const item = understood.items[0];
  if (told.category !== undefined) expect([told.category, ...told.alt]).toContain(item?.category);
  if (told.place !== undefined) expect(item?.place.raw).toBe(told.place);
  if (told.standard !== undefined) expect(item?.place.standard).toBe(told.standard);
  if (told.ambiguous !== undefined) expect(item?.place.ambiguous).toHaveLength(told.ambiguous);
  if (told.urgency !== undefined) expect(item?.urgency).toBe(told.urgency);
  if (told.missing !== undefined) expect(item?.missing).toEqual(told.missing);
  if (told.people !== undefined) expect(item?.people).toBe(told.people);
  if (told.timeText !== undefined) expect(item?.timeText).toBe(told.timeText);
  if (told.events !== undefined)
    expect(understood.items.filter(({ kind }) => kind === "report")).toHaveLength(told.events);
}

function expectRest(told: Case, understood: Understanding): void {
  if (told.commands !== undefined) {
    expect(understood.kind).toBe("command");
    expect(understood.commands).toHaveLength(told.commands.length);
    expect(understood.commands).toMatchObject(told.commands);
  }
  if (told.emergency !== undefined)
    expect([told.emergency, ...told.alt]).toContain(understood.emergency);
  if (told.rating !== undefined) expect(understood.rating).toBe(told.rating);
  if (told.correction !== undefined)
    expect(understood.correction?.place?.standard).toBe(told.correction);
  if (told.privacy !== undefined) expect(understood.privacy).toBe(told.privacy);
  if (told.patrolCounts !== undefined) expect(understood.patrolCounts).toEqual(told.patrolCounts);
  if (told.injection !== undefined) expect(understood.injection).toBe(told.injection);
  if (told.confidential !== undefined) expect(understood.confidential).toBe(told.confidential);
}
