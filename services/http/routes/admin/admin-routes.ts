import type { FastifyInstance } from "fastify";
import { writeAudit } from "../../../../db/queries/audit.ts";
import { mayAdminister } from "../../../domain/admin-rights.ts";
import type { AppDeps } from "../../app.ts";
import { callerOf } from "../../auth.ts";
import { noRight, sendProblem } from "../../problem.ts";
import { alarmSourceRoutes } from "./alarm-sources.ts";
import { calendarRoutes } from "./calendar.ts";
import { groupRoutes } from "./groups.ts";
import { learningRoutes } from "./learning.ts";
import { limitRoutes } from "./limits.ts";
import { registryRoutes } from "./registry.ts";
import { responsibilityRoutes } from "./responsibility.ts";
import { retentionRoutes } from "./retention.ts";
import { routingRoutes } from "./routing.ts";
import { subjectRoutes } from "./subjects.ts";
import { webhookRoutes } from "./webhooks.ts";

/** Everything of the district that only its administrator changes. Others are refused, and that is audited. */
export function adminRoutes(api: FastifyInstance, deps: AppDeps): void {
  api.addHook("preHandler", async (request, reply) => {
    const { actor } = callerOf(request);
    if (mayAdminister(actor)) return;
    await writeAudit(deps.database, {
      at: deps.clock.now(),
      actor,
      action: "administer",
      subject: { type: "admin", no: request.routeOptions.url ?? null },
      outcome: "refused",
      reason: "noRight",
    });
    return sendProblem(request, reply, ADMINISTRATORS_ONLY);
  });
  registryRoutes(api, deps);
  calendarRoutes(api, deps);
  limitRoutes(api, deps);
  learningRoutes(api, deps);
  routingRoutes(api, deps);
  groupRoutes(api, deps);
  responsibilityRoutes(api, deps);
  retentionRoutes(api, deps);
  subjectRoutes(api, deps);
  webhookRoutes(api, deps);
  alarmSourceRoutes(api, deps);
}

const ADMINISTRATORS_ONLY = noRight("只有系统管理员可以做这件事。请联系本区的系统管理员。");
