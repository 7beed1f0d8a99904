import { randomBytes } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { insertLink } from "../../db/queries/links.ts";
import type { CallState } from "../domain/call-ticket.ts";
import { tokenHash } from "../token-hash.ts";
import type { Office } from "./office.ts";

/** A link serves until a day after the arrival was due; whoever comes later confirms by chat. */
const AFTER_ARRIVAL_MS = 86_400_000;

/**
 * The path of a department's one-time check-in page, such as `/c/Xb3…`. The key is random and known to
 * the receivers of the message alone; only its hash is kept.
 */
export async function makeCheckInLink(
  tx: Db,
  office: Office,
  call: CallState,
  deptCode: string,
): Promise<string> {
  const key = randomBytes(24).toString("base64url");
  const due = call.responses.find(
    (response) => response.deptCode === deptCode && response.releasedAt === null,
  )?.arriveBy;
  const createdAt = office.clock.now();
  await insertLink(tx, {
    hash: tokenHash(key),
    purpose: "checkIn",
    subjectNo: call.no,
    orgCode: deptCode,
    createdAt,
    expiresAt: new Date(Math.max(due?.getTime() ?? 0, createdAt.getTime()) + AFTER_ARRIVAL_MS),
  });
  return `/c/${key}`;
}
