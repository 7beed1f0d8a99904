import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { findPersonById } from "../../db/queries/directory.ts";
import type { Actor } from "../domain/actor.ts";
import { API_CHANNEL } from "../domain/api-sender.ts";
import type { AppDeps } from "./app.ts";
import { ADMIN_TOKEN_ACTOR, type Caller, personActor } from "./auth.ts";
import { invalidValue, noRight, type ProblemSaid } from "./problem.ts";
import { Reporter, senderOf } from "./reporter.ts";

/** On whose behalf something is done: beside the command in the body of every action. */
export const OnBehalf = z.object({
  actor: z
    .string()
    .max(100)
    .optional()
    .describe("id of people.csv for whom the administrator's token acts"),
  reporter: Reporter.optional().describe(
    "as in POST /api/reports, with `reporterSource`: an app's reporter for whom the administrator's token acts",
  ),
  reporterSource: z.string().max(40).optional(),
});
export type OnBehalf = z.infer<typeof OnBehalf>;

export type Acting =
  | {
      ok: true;
      actor: Actor /** the token acts for somebody else: to be audited */;
      for: string | null;
    }
  | { ok: false; problem: ProblemSaid };

/** Who acts: the caller, or whom the administrator's token names. */
export async function whoActs(db: Db, caller: Caller, asked: OnBehalf): Promise<Acting> {
  const isAdminToken = caller.actor.power === "token";
  if (asked.actor !== undefined) {
    if (!isAdminToken) {
      return asked.actor === caller.actor.personId
        ? { ok: true, actor: caller.actor, for: null }
        : { ok: false, problem: noRight("只有管理令牌可以用 actor 代他人操作。请去掉 actor。") };
    }
    const person = await findPersonById(db, asked.actor);
    return person === null
      ? {
          ok: false,
          problem: invalidValue("body.actor", `people.csv 中没有「${asked.actor}」。请核对。`),
        }
      : { ok: true, actor: personActor(person), for: person.id };
  }
  if (asked.reporter !== undefined) {
    if (!isAdminToken) {
      return {
        ok: false,
        problem: noRight("只有管理令牌可以用 reporter 代上报人操作。请去掉 reporter。"),
      };
    }
    const platformUserId = await senderOf(asked.reporter, asked.reporterSource ?? "app", db);
    if (platformUserId === null) {
      return {
        ok: false,
        problem: invalidValue("body.reporter", "只有姓名认不出是谁。请给出 id 或 phone。"),
      };
    }
    return {
      ok: true,
      for: platformUserId,
      actor: {
        personId: null,
        name: null,
        orgCode: null,
        streetCode: null,
        roles: [],
        gridCodes: [],
        channel: API_CHANNEL,
        platformUserId,
      },
    };
  }
  return { ok: true, actor: caller.actor, for: null };
}

/** The person's own entry says what was done; this one says that the token did it in their name. */
export const auditActing = (
  tx: Db,
  { clock }: Pick<AppDeps, "clock">,
  subject: { type: "event" | "callTicket" | "alarm"; no: string | null },
  action: string,
  whom: string,
): Promise<void> =>
  writeAudit(tx, {
    at: clock.now(),
    actor: ADMIN_TOKEN_ACTOR,
    action: "actAs",
    subject,
    outcome: "done",
    reason: `${action} for ${whom}`,
  });
