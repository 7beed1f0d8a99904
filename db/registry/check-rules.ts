import { DEFAULT_WORKING_HOURS } from "../../services/domain/calendar.ts";
import { minutesOf } from "../../services/domain/time.ts";
import { checkHotlineMapping } from "./check-hotline-mapping.ts";
import type { KnownCodes, Values } from "./known-codes.ts";
import type { Problem } from "./problem.ts";
import type { Folder, GivenFile } from "./read-folder.ts";

/** What is wrong with working hours, deputies and a hotline's words that are each well written. */
export function checkRules(folder: Folder, known: KnownCodes): Problem[] {
  return [
    ...readable(folder, "working-hours.csv", (given) => checkHours(given, known)),
    ...readable(folder, "deputies.csv", checkDeputies),
    ...readable(folder, "hotline-mapping.csv", (given) => checkHotlineMapping(given, known)),
  ];
}

function readable(folder: Folder, name: string, check: (given: GivenFile) => Problem[]): Problem[] {
  const given = folder.given.get(name);
  const alreadyWrong = folder.problems.some(({ file }) => file === name);
  return given === undefined || alreadyWrong ? [] : check(given);
}

/** A district may set only one half of the day; the other stays as it is. */
function checkHours({ file, rows }: GivenFile, known: KnownCodes): Problem[] {
  const after = known.after.get(file.name);
  const [, noon] = stretchOf(after?.get("morning")) ?? DEFAULT_WORKING_HOURS.morning;
  const [afternoon] = stretchOf(after?.get("afternoon")) ?? DEFAULT_WORKING_HOURS.afternoon;
  return rows.flatMap(({ line, values }): Problem[] => {
    const complain = (what: string): Problem => ({ file: file.name, line, column: "closes", what });
    const [opens, closes] = stretchOf(values) ?? [0, 0];
    if (opens >= closes) return [complain("is not after opens. Correct one of them.")];
    return noon > afternoon
      ? [complain("the morning ends after the afternoon begins. Correct one of them.")]
      : [];
  });
}

const stretchOf = (values: Values | undefined): [number, number] | null =>
  values?.opens === undefined || values.closes === undefined
    ? null
    : [minutesOf(values.opens), minutesOf(values.closes)];

const checkDeputies = ({ file, rows }: GivenFile): Problem[] =>
  rows.flatMap(({ line, values }): Problem[] => {
    const { person_id = "", deputy_id = "", first_day = "", last_day = "" } = values;
    const complain = (column: string, what: string): Problem => ({
      file: file.name,
      line,
      column,
      what,
    });
    if (deputy_id === person_id)
      return [complain("deputy_id", "is the person themselves. Name somebody else.")];
    return last_day < first_day
      ? [complain("last_day", "is before first_day. Correct one of them.")]
      : [];
  });
