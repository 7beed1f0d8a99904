import type { Db } from "../../db/client.ts";
import { findAddress } from "../../db/queries/addresses.ts";
import { allResponsibilityItems, findGrid, findOrgs } from "../../db/queries/directory.ts";
import { invalidValue, type ProblemSaid, unknownOrg } from "./problem.ts";

/** What a draft or a command about a call refers to by code. */
export interface CallReferences {
  deptCodes: readonly string[];
  itemNo?: string | null | undefined;
  places: readonly {
    field: "place" | "reportPlace";
    addressCode: string | null;
    gridCode: string | null;
  }[];
}

/** The first code that the registry does not know; null when it knows them all. */
export async function unknownReference(
  db: Db,
  { deptCodes, itemNo, places }: CallReferences,
): Promise<ProblemSaid | null> {
  const known = await findOrgs(db, deptCodes);
  for (const code of deptCodes) {
    const org = known.find((one) => one.code === code);
    if (org === undefined) return unknownOrg("body.departments", code);
    if (org.type !== "department" && org.type !== "station") {
      return invalidValue(
        "body.departments",
        `「${org.name}」不是部门或派驻站所。请用 orgs.csv 中部门的编码。`,
      );
    }
  }
  if (itemNo != null && !(await allResponsibilityItems(db)).some(({ no }) => no === itemNo)) {
    return invalidValue(
      "body.itemNo",
      `属地管理清单没有第「${itemNo}」项。请用 responsibility.csv 中的 no。`,
    );
  }
  for (const { field, addressCode, gridCode } of places) {
    if (gridCode !== null && (await findGrid(db, gridCode)) === null) {
      return invalidValue(`body.${field}.gridCode`, `没有网格「${gridCode}」。请核对。`);
    }
    if (addressCode !== null && (await findAddress(db, addressCode)) === null) {
      return invalidValue(`body.${field}.addressCode`, `没有地址「${addressCode}」。请核对。`);
    }
  }
  return null;
}
