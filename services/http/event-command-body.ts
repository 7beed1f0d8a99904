import type { Db } from "../../db/client.ts";
import { findAddress } from "../../db/queries/addresses.ts";
import { allCategories, findGrid, findOrgs, findPersonById } from "../../db/queries/directory.ts";
import type { EventCommand } from "../domain/event-command.ts";
import { invalidValue, type ProblemSaid, unknownOrg } from "./problem.ts";

/** Where these lack their reason, the decision says so itself, after right and state were looked at. */
const MAY_LACK: Record<string, "reason" | "note"> = {
  reject: "reason",
  return: "reason",
  delay: "reason",
  reopen: "reason",
  instruct: "note",
  concludeConsultation: "note",
};

/**
 * Reads a body as kindly as chat does: what somebody says with an action counts as its reason or its
 * note, whichever of the two the action has. Everything else is left to the schema.
 */
export function kindly(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const given = body as Record<string, unknown>;
  const said = { reason: given.reason ?? given.note, note: given.note ?? given.reason };
  const lacking = typeof given.action === "string" ? MAY_LACK[given.action] : undefined;
  return {
    ...given,
    ...(said.reason === undefined ? {} : said),
    ...(lacking !== undefined && said.reason === undefined ? { [lacking]: "" } : {}),
  };
}

/** Codes in a command that the registry does not know; null when it knows them all. */
export async function unknownCode(db: Db, command: EventCommand): Promise<ProblemSaid | null> {
  if (command.action === "assign") {
    const codes = [command.orgCode, ...command.supportOrgCodes].filter(
      (code) => code !== undefined,
    );
    const known = new Set((await findOrgs(db, codes)).map((org) => org.code));
    const strange = codes.find((code) => !known.has(code));
    if (strange !== undefined) {
      const field = strange === command.orgCode ? "body.orgCode" : "body.supportOrgCodes";
      return unknownOrg(field, strange);
    }
    const { personId } = command;
    const person = personId === undefined ? null : await findPersonById(db, personId);
    if (personId !== undefined && person === null) {
      return invalidValue("body.personId", `people.csv 中没有「${personId}」。请核对。`);
    }
    if (person !== null && command.orgCode !== undefined && person.orgCode !== command.orgCode) {
      return invalidValue(
        "body.personId",
        `${person.name}不属于单位「${command.orgCode}」。请核对人员或单位。`,
      );
    }
  }
  if ("category" in command && command.category !== undefined) {
    const { category } = command;
    if (!(await allCategories(db)).some((known) => known.slug === category)) {
      return invalidValue(
        "body.category",
        `没有类别「${category}」。请用 categories.csv 中的 slug。`,
      );
    }
  }
  return "place" in command && command.place !== undefined ? unknownPlace(db, command.place) : null;
}

async function unknownPlace(
  db: Db,
  { gridCode, addressCode }: { gridCode: string | null; addressCode: string | null },
): Promise<ProblemSaid | null> {
  if (gridCode !== null && (await findGrid(db, gridCode)) === null) {
    return invalidValue("body.place.gridCode", `没有网格「${gridCode}」。请核对。`);
  }
  if (addressCode !== null && (await findAddress(db, addressCode)) === null) {
    return invalidValue("body.place.addressCode", `没有地址「${addressCode}」。请核对。`);
  }
  return null;
}
