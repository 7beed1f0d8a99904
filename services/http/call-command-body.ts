import type { CallCommand } from "../domain/call-command.ts";
import { cleanText } from "./reporter.ts";

type Body = Record<string, unknown>;

/**
 * Reads the body of an action on a call as kindly as chat does: a place may be its name, a department
 * its code, `reason` and `note` stand in for each other, one department may be named beside the action.
 * Everything else is left to the schema.
 */
export function kindlyCall(body: unknown): unknown {
  if (!isBody(body)) return body;
  const given = withPlaces(cleaned(body));
  const said = given.reason ?? given.note;
  const spoken = {
    ...given,
    ...(said === undefined ? {} : { reason: given.reason ?? said, note: given.note ?? said }),
  };
  const read = typeof given.action === "string" ? READERS[given.action] : undefined;
  return read === undefined ? spoken : { ...spoken, ...read(spoken) };
}

/** The body of `POST /api/call-tickets`, read as kindly. */
export function kindlyDraft(body: unknown): unknown {
  if (!isBody(body)) return body;
  const given = withPlaces(cleaned(body));
  return {
    ...given,
    cause: given.cause ?? given.text ?? given.summary,
    deptCodes: given.deptCodes ?? codesOf(given.departments) ?? undefined,
    ...(given.place === undefined && given.reportPlace !== undefined
      ? { place: given.reportPlace }
      : {}),
  };
}

/** What these actions may call by another name, or lack because the decision asks for it itself. */
const READERS: Partial<Record<string, (given: Body) => Body>> = {
  rejectApproval: ({ reason = "" }) => ({ reason }),
  decline: ({ reason = "" }) => ({ reason }),
  appeal: ({ note = "" }) => ({ note }),
  amend: (given) => ({
    ...renamed("deptCodes", given.deptCodes ?? codesOf(given.departments)),
    ...renamed("place", given.place ?? given.reportPlace),
  }),
  assess: ({ passed, approved }) => renamed("passed", passed ?? approved),
  // 研判退回 is the assessment that does not pass.
  return: ({ reason = "" }) => ({ action: "assess", passed: false, reason }),
  dispatch: (given) => ({
    departments: departmentsOf(given),
    ...renamed("reportPlace", given.reportPlace ?? given.place),
    ...renamed("replaces", typeof given.replaces === "string" ? [given.replaces] : given.replaces),
  }),
  close: (given) => ({
    ...renamed("note", given.note ?? given.closingOpinion ?? given.opinion),
    ...renamed("scores", scoresOf(given)),
  }),
  evaluate: (given) => renamed("scores", scoresOf(given)),
  complete: (given) => renamed("note", given.note ?? given.completion),
  followUp: (given) => renamed("note", given.note ?? given.result),
};

const isBody = (value: unknown): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const renamed = (name: string, value: unknown): Body =>
  value === undefined ? {} : { [name]: value };

/** Texts without what PostgreSQL cannot store. */
const cleaned = (body: Body): Body =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === "string" ? cleanText(value) : value,
    ]),
  );

const PLACES = ["place", "reportPlace"] as const;

function withPlaces(body: Body): Body {
  const named = PLACES.filter((name) => typeof body[name] === "string");
  return {
    ...body,
    ...Object.fromEntries(named.map((name) => [name, { raw: body[name] }])),
  };
}

function codesOf(departments: unknown): unknown {
  if (!Array.isArray(departments)) return departments;
  return departments.map((one: unknown) => (isBody(one) ? one.deptCode : one));
}

function departmentsOf({ departments, deptCodes, deptCode, headcount }: Body): unknown {
  const named = departments ?? deptCodes ?? (deptCode === undefined ? [] : [deptCode]);
  if (!Array.isArray(named)) return named;
  return named.map((one: unknown) =>
    typeof one === "string" ? { deptCode: one, headcount: headcount ?? null } : one,
  );
}

const scoresOf = ({ scores, deptCode, score }: Body): unknown =>
  scores ??
  (typeof deptCode === "string" && score !== undefined ? { [deptCode]: score } : undefined);

/** The departments a command names, for checking that they exist. */
export function departmentsNamed(command: CallCommand): string[] {
  switch (command.action) {
    case "amend":
      return command.deptCodes ?? [];
    case "dispatch":
      return command.departments.map(({ deptCode }) => deptCode);
    default:
      return [];
  }
}
