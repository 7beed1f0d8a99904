import type { Db } from "../../db/client.ts";
import type { CallRecord } from "../../db/queries/calls.ts";
import {
  callGroups,
  findDistrict,
  peopleOfOrg,
  peopleWithRole,
} from "../../db/queries/directory.ts";
import type { CallNotice } from "../domain/call-actions/decision.ts";
import { activeResponses } from "../domain/call-ticket.ts";
import {
  groupAddress,
  type NoticeAddress,
  once,
  personAddresses,
  presentPrivately,
  privately,
  workGroupOrPeople,
} from "./addresses.ts";
import type { Office } from "./office.ts";

/** Where a notice about a call goes. Departments hear of it one by one, each person in private. */
export async function callAddressesOf(
  tx: Db,
  office: Office,
  notice: CallNotice,
  { state }: CallRecord,
): Promise<NoticeAddress[]> {
  switch (notice.to) {
    case "callingStreet":
      return workGroupOrPeople(tx, office, state.streetCode, ["streetOfficer", "streetPrincipal"]);
    case "principal":
      return principalAddresses(tx, office, state.streetCode);
    case "district":
      return districtAddresses(tx, office);
    case "department":
      return notice.deptCode === undefined ? [] : departmentAddresses(tx, office, notice.deptCode);
    case "departments": {
      const addresses: NoticeAddress[] = [];
      for (const { deptCode } of activeResponses(state))
        addresses.push(...(await departmentAddresses(tx, office, deptCode)));
      return once(addresses);
    }
    case "supervisors":
      return privately(office, await peopleWithRole(tx, "supervisor"));
    case "followUpAgents":
      return privately(office, await peopleWithRole(tx, "followUpAgent"));
    case "person":
      return notice.personId === undefined ? [] : personAddresses(tx, office, notice.personId);
  }
}

/** Every responder of the department. */
export async function departmentAddresses(
  tx: Db,
  office: Office,
  deptCode: string,
): Promise<NoticeAddress[]> {
  const people = await peopleOfOrg(tx, deptCode);
  return presentPrivately(
    tx,
    office,
    people.filter((person) => person.roles.includes("responder")),
  );
}

/** Only the principal may sign, on leave too: they hear of it beside whoever stands in for them. */
async function principalAddresses(
  tx: Db,
  office: Office,
  streetCode: string,
): Promise<NoticeAddress[]> {
  const principals = await peopleWithRole(tx, "streetPrincipal", { streetCode });
  const present = await presentPrivately(tx, office, principals);
  return once([...privately(office, principals), ...present]);
}

/** The call group of the district, else its dispatchers one by one. */
async function districtAddresses(tx: Db, office: Office): Promise<NoticeAddress[]> {
  const district = await findDistrict(tx);
  if (district === null) return [];
  const group = (await callGroups(tx)).find((one) => one.orgCode === district.code);
  const inGroup = group === undefined ? null : groupAddress(office, group);
  const people = privately(office, await peopleWithRole(tx, "districtDispatcher"));
  return inGroup === null ? people : [inGroup];
}
