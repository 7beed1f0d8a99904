import type { Db } from "../../db/client.ts";
import type { CallRecord } from "../../db/queries/calls.ts";
import {
  findDistrict,
  findOrgs,
  findPersonById,
  type Person,
  peopleOfOrg,
} from "../../db/queries/directory.ts";
import { itemOf } from "../workflows/call-surroundings.ts";
import { type CallForm, callForm } from "./call-form.ts";

/** A department's people fill no page. */
const MOST_CONTACTS = 2;

/** The form of a call with the names it needs from the registry. */
export async function readCallForm(db: Db, { state }: CallRecord, now: Date): Promise<CallForm> {
  const codes = [
    state.streetCode,
    ...state.wantedDepts,
    ...state.responses.map(({ deptCode }) => deptCode),
  ];
  const orgs = new Map((await findOrgs(db, codes)).map(({ code, name }) => [code, name]));
  const { personId, name } = state.createdBy;
  const drafter = personId === null ? null : await findPersonById(db, personId);
  const contacts = new Map<string, Person[]>();
  for (const code of new Set(codes.slice(1)))
    contacts.set(
      code,
      (await peopleOfOrg(db, code)).filter(({ roles }) => roles.includes("responder")),
    );
  return callForm(
    state,
    {
      district: (await findDistrict(db))?.name ?? "",
      orgName: (code) => orgs.get(code) ?? code,
      item: await itemOf(db, state),
      contact: { name: drafter?.name ?? name, phone: drafter?.phone ?? null },
      contactsOf: (code) => (contacts.get(code) ?? []).slice(0, MOST_CONTACTS),
    },
    now,
  );
}
