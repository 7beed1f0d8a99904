/** Why something was not done. A refusal is a value: it changes nothing and says what is possible instead. */
export const REFUSAL_CODES = [
  "notFound",
  "notAllowed",
  "noRight",
  "reasonRequired",
  "separationOfReportAndHandle",
  "verifierIsHandler",
  "levelTooHigh",
  "fieldRequired",
  "unknownOrg",
  "ambiguousOrg",
  "alreadyRated",
  "alreadyDelayed",
  "delayTooLong",
  "feedbackMissing",
  "invalidValue",
  "sameEvent",
  "alreadyApproved",
  "alreadyCheckedIn",
  "notSettled",
  "nothingFound",
  "notOnList",
  "notComplex",
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal<Action extends string = string> {
  ok: false;
  code: RefusalCode;
  /** what was asked for */
  action: Action;
  /** the actions this actor may take on the subject now */
  allowed: readonly Action[];
  /** what the wording needs besides the code: the missing field, the candidates, the limit */
  detail?: Record<string, unknown>;
}

export function refuse<Action extends string>(
  action: Action,
  code: RefusalCode,
  allowed: readonly Action[] = [],
  detail?: Record<string, unknown>,
): Refusal<Action> {
  return detail === undefined
    ? { ok: false, code, action, allowed }
    : { ok: false, code, action, allowed, detail };
}
