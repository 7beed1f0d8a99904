import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { oldestOutboxAge } from "../../../db/queries/outbox.ts";
import { isMigrated } from "../../../db/queries/readiness.ts";
import { loggableFault } from "../../database-fault.ts";
import { remindersLateSeconds, TOO_LATE_SECONDS } from "../../reminders-late.ts";
import type { AppDeps, HealthPart } from "../app.ts";
import { within } from "../within.ts";

const Part = z.object({
  name: z.string().describe("database, migrations, reminders, or a channel"),
  ok: z.boolean(),
  detail: z.string().nullable().describe("what is wrong and what to do"),
});

const Readiness = z.object({
  ready: z.boolean(),
  parts: z.array(Part),
  oldestOutboxAgeSeconds: z
    .number()
    .nullable()
    .describe("how long the oldest message that could go out has waited; null without a database"),
});

/** Whoever asks for readiness gives up after a few seconds, and wants to know why. */
const PART_TIMEOUT_MS = 2000;

export function healthRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/healthz",
    {
      schema: {
        tags: ["health"],
        summary: "Whether the process lives",
        security: [],
        response: { 200: z.object({ status: z.literal("ok") }) },
      },
    },
    async () => ({ status: "ok" as const }),
  );

  app.get(
    "/readyz",
    {
      schema: {
        tags: ["health"],
        summary: "Whether it can work: database, migrations, channels; 503 says what is wrong",
        security: [],
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (request, reply) => {
      const { parts, oldestOutboxAgeSeconds } = await lookAround(deps, (part, fault) =>
        request.log.warn({ part, fault: loggableFault(fault) }, "not ready"),
      );
      const ready = parts.every((part) => part.ok);
      return reply.code(ready ? 200 : 503).send({ ready, parts, oldestOutboxAgeSeconds });
    },
  );
}

async function lookAround(
  { database, clock, health }: AppDeps,
  warn: (part: string, fault: unknown) => void,
): Promise<{ parts: HealthPart[]; oldestOutboxAgeSeconds: number | null }> {
  const parts: HealthPart[] = [];
  let oldestOutboxAgeSeconds: number | null = null;
  const part = (name: string, ok: boolean, detail: string) =>
    parts.push({ name, ok, detail: ok ? null : detail });
  try {
    await within(PART_TIMEOUT_MS, async () => {
      const migrated = await isMigrated(database);
      oldestOutboxAgeSeconds = migrated ? await oldestOutboxAge(database, clock.now()) : null;
      part("database", true, "");
      part("migrations", migrated, "The schema is older than this version. Restart to migrate.");
      if (!migrated) return;
      const late = await remindersLateSeconds(database, clock.now());
      part(
        "reminders",
        late < TOO_LATE_SECONDS,
        `Reminders are ${late} s late: no process with the role jobs sweeps, or it cannot keep up. See the log.`,
      );
    });
  } catch (fault) {
    warn("database", fault);
    const detail = "The database does not answer. Check DATABASE_URL and the server.";
    part("database", false, detail);
  }
  try {
    parts.push(...(await within(PART_TIMEOUT_MS, health)));
  } catch (fault) {
    warn("channels", fault);
    part("channels", false, "The channels do not say how they fare. See the log.");
  }
  return { parts, oldestOutboxAgeSeconds };
}
