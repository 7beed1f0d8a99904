import type { Db } from "../../db/client.ts";
import { findPersonByDingtalkUserId } from "../../db/queries/directory.ts";
import type { Clock } from "../clock.ts";
import { type OpenedSession, openSession } from "./sessions.ts";

/** What DingTalk says of whoever opened the page there. */
export interface DingTalkLogin {
  /** of the organisation that the app belongs to; the page asks its code for it */
  corpId: string;
  /** @param code - good once; never throws */
  userIdOf(
    code: string,
  ): Promise<
    { kind: "known"; userId: string } | { kind: "refused" | "unavailable"; reason: string }
  >;
}

/** Signs in whose account it is. Belongs to the caller's transaction. @returns null for a stranger */
export async function signInByAccount(
  tx: Db,
  clock: Clock,
  dingtalkUserId: string,
  device: string,
): Promise<OpenedSession | null> {
  const person = await findPersonByDingtalkUserId(tx, dingtalkUserId);
  return person === null ? null : openSession(tx, clock, person, "dingtalk", device);
}
