import type { Db } from "../../db/client.ts";
import { settledEvents } from "../../db/queries/classifiers.ts";
import { allCategories } from "../../db/queries/directory.ts";
import type { LearnedReport } from "../../services/domain/learned-report.ts";
import { keepClassifier } from "../../services/workflows/switch-classifier.ts";
import { buildCategoryReader } from "../understanding/categories.ts";
import { writeModel } from "../understanding/learned/model-file.ts";
import { trainBesideLexicon } from "./train-beside-lexicon.ts";

/** Older events say little about what people call things now. */
const MOST_EVENTS = 20_000;
/** With fewer the figures would be chance. */
const FEWEST_EVENTS = 50;

export interface DistrictTraining {
  version: number;
  report: LearnedReport;
  /** the model as JSON */
  model: string;
}

/**
 * Learns from the events whose category people settled on, and keeps the result as a version of its own,
 * switched off.
 *
 * @throws Error when there are too few settled events
 */
export async function trainOnDistrict(
  db: Db,
  { seed, now, say }: { seed: number; now: Date; say: (line: string) => void },
): Promise<DistrictTraining> {
  const events = await settledEvents(db, MOST_EVENTS);
  if (events.length < FEWEST_EVENTS) {
    throw new Error(
      `Only ${events.length} events have a category that people settled on; ${FEWEST_EVENTS} are needed. Try again when more are accepted and closed.`,
    );
  }
  const slugs = (await allCategories(db)).map(({ slug }) => slug);
  const { learned, report } = trainBesideLexicon(events, buildCategoryReader(slugs), { seed, say });
  const model = writeModel(learned.model);
  const version = await db.transaction((tx) =>
    keepClassifier(tx, {
      trainedAt: now,
      trust: learned.trust,
      report,
      model,
    }),
  );
  return { version, report, model };
}
