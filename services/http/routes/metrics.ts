import type { FastifyInstance } from "fastify";
import { countPendingMessages } from "../../../db/queries/inbox.ts";
import { countPendingOutbox, oldestOutboxAge } from "../../../db/queries/outbox.ts";
import { remindersLateSeconds } from "../../reminders-late.ts";
import { isSameSecret } from "../../token-hash.ts";
import type { AppDeps } from "../app.ts";
import { bearerToken } from "../auth.ts";
import { cameFromHere, isLoopbackHost } from "../local-request.ts";
import { sendProblem } from "../problem.ts";
import { within } from "../within.ts";

const DATABASE_TIMEOUT_MS = 2000;

export function metricsRoute(app: FastifyInstance, deps: AppDeps): void {
  app.get(
    "/metrics",
    {
      schema: {
        tags: ["health"],
        summary: "For Prometheus; open on this machine, elsewhere with the administrator's token",
      },
    },
    async (request, reply) => {
      const token = bearerToken(request);
      const isOpen = isLoopbackHost(deps.config.host) && cameFromHere(request);
      if (!isOpen && (token === null || !isSameSecret(token, deps.config.adminToken))) {
        reply.header("www-authenticate", 'Bearer realm="yihu"');
        return sendProblem(request, reply, {
          status: 401,
          code: "tokenMissing",
          title: "The administrator's token is needed",
          detail: "指标只对本机开放。请在请求头写 Authorization: Bearer ADMIN_TOKEN。",
        });
      }
      await measureQueues(deps);
      return reply.type(deps.metrics.contentType).send(await deps.metrics.text());
    },
  );
}

/** Without a database the queues' length is unknown; the last figures stay and `yihu_database_up` says so. */
async function measureQueues({ database, clock, metrics }: AppDeps): Promise<void> {
  try {
    const now = clock.now();
    await within(DATABASE_TIMEOUT_MS, async () => {
      metrics.set("yihu_inbox_pending", await countPendingMessages(database));
      metrics.set("yihu_outbox_pending", await countPendingOutbox(database, now));
      metrics.set("yihu_outbox_oldest_age_seconds", await oldestOutboxAge(database, now));
      metrics.set("yihu_reminders_late_seconds", await remindersLateSeconds(database, now));
    });
    metrics.set("yihu_database_up", 1);
  } catch {
    metrics.set("yihu_database_up", 0);
  }
}
