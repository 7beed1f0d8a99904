import type { Database, Db } from "../../db/client.ts";
import { insertCallPhoto } from "../../db/queries/call-photos.ts";
import { type CallRecord, findCall } from "../../db/queries/calls.ts";
import { findLink, type LinkRow, useLink } from "../../db/queries/links.ts";
import type { Actor } from "../domain/actor.ts";
import type { CallCommandFor } from "../domain/call-command.ts";
import { type CallAction, type CallResponse, latestResponse } from "../domain/call-ticket.ts";
import type { Refusal } from "../domain/refusal.ts";
import { inTransaction } from "../in-transaction.ts";
import { tokenHash } from "../token-hash.ts";
import { actOnCall } from "./act-on-call.ts";
import type { Office } from "./office.ts";

/** What a link to the check-in page opens. `used` means that the arrival counts, by whichever road. */
export interface OpenedLink {
  state: "open" | "used" | "expired";
  link: LinkRow;
  call: CallRecord;
  response: CallResponse;
}

/** @returns null where no link has this key */
export async function openCheckInLink(
  db: Db,
  office: Office,
  key: string,
): Promise<OpenedLink | null> {
  const link = await findLink(db, tokenHash(key));
  if (link?.purpose !== "checkIn") return null;
  const call = await findCall(db, link.subjectNo);
  const response = call === null ? null : latestResponse(call.state, link.orgCode);
  if (call === null || response === null) return null;
  const isOver = link.expiresAt <= office.clock.now();
  const state = response.checkIn !== null ? "used" : isOver ? "expired" : "open";
  return { state, link, call, response };
}

/** A picture that is kept already, to be noted with the arrival. */
export interface KeptPhoto {
  path: string;
  mime: string;
  bytes: number;
}

export type LinkCheckIn =
  | { ok: true; opened: OpenedLink }
  | { ok: false; why: "unknown" | "expired" }
  | { ok: false; why: Refusal<CallAction>; opened: OpenedLink };

/**
 * An arrival told through a department's link: whoever holds it speaks for the department, nobody in
 * particular. The link is used up by an arrival that counts; after that it only tells what is known.
 * Telling the same twice is telling it once.
 */
export function checkInByLink(
  database: Database,
  office: Office,
  key: string,
  arrival: Omit<CallCommandFor<"checkIn">, "action" | "deptCode">,
  photo: KeptPhoto | null,
): Promise<LinkCheckIn> {
  return inTransaction(database, async (tx): Promise<LinkCheckIn> => {
    const opened = await openCheckInLink(tx, office, key);
    if (opened === null) return { ok: false, why: "unknown" };
    if (opened.state === "used") return { ok: true, opened };
    if (opened.state === "expired") return { ok: false, why: "expired" };
    const { subjectNo: no, orgCode, hash } = opened.link;
    const command = { action: "checkIn" as const, ...arrival };
    const outcome = await actOnCall(tx, office, no, command, holderOf(orgCode), null);
    if (!outcome.ok) return { ok: false, why: outcome, opened };
    const response = latestResponse(outcome.call.state, orgCode) ?? opened.response;
    if (response.checkIn !== null) await useLink(tx, hash, office.clock.now());
    if (photo !== null) {
      const createdAt = office.clock.now();
      await insertCallPhoto(tx, { ...photo, callNo: no, deptCode: orgCode, createdAt });
    }
    const state = response.checkIn === null ? "open" : "used";
    return { ok: true, opened: { ...opened, state, call: outcome.call, response } };
  });
}

const holderOf = (orgCode: string): Actor => ({
  personId: null,
  name: "报到链接",
  orgCode,
  streetCode: null,
  roles: ["responder"],
  gridCodes: [],
  channel: "link",
  platformUserId: null,
});
