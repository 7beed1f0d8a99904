import type { Db } from "../../db/client.ts";
import type { CallRecord } from "../../db/queries/calls.ts";
import {
  allResponsibilityItems,
  findDistrict,
  peopleWithRole,
} from "../../db/queries/directory.ts";
import type { CallAction, CallState } from "../domain/call-ticket.ts";
import { CALL_FULFILLED_BY, type CallOwners, dutiesOfCall } from "../domain/duties-of-call.ts";
import type { ResponsibilityItem } from "../domain/responsibility.ts";
import type { Office } from "./office.ts";
import { settleDuties } from "./settle-duties.ts";

/**
 * The call's item of the 属地管理清单, with its limits, as it stood when the call came under it; of calls
 * from before that was kept, as it stands now.
 */
export async function itemOf(
  db: Db,
  call: Pick<CallState, "itemNo" | "item">,
): Promise<ResponsibilityItem | null> {
  if (call.itemNo === null) return null;
  if (call.item?.no === call.itemNo) return call.item;
  return (await allResponsibilityItems(db)).find((item) => item.no === call.itemNo) ?? null;
}

/** Keeps what is owed on a call in line with its state. @param action - null for a new one or for time passing */
export async function keepCallObligations(
  tx: Db,
  office: Office,
  { state }: CallRecord,
  action: CallAction | null,
): Promise<void> {
  const owners = await callOwners(tx, state);
  const rules = { item: await itemOf(tx, state), policy: office.policy };
  const owed = dutiesOfCall(state, owners, rules, office.clock.now());
  const subject = {
    type: "callTicket" as const,
    no: state.no,
    urgent: state.callType === "emergency",
  };
  await settleDuties(
    tx,
    office,
    subject,
    owed,
    (duty) => action !== null && (CALL_FULFILLED_BY[duty]?.includes(action) ?? false),
  );
}

async function callOwners(db: Db, call: CallState): Promise<CallOwners> {
  const district = { orgCode: (await findDistrict(db))?.code ?? null, personId: null };
  const [principal] = await peopleWithRole(db, "streetPrincipal", { streetCode: call.streetCode });
  const street = { orgCode: call.streetCode, personId: null };
  return { district, street, principal: { ...street, personId: principal?.id ?? null } };
}
