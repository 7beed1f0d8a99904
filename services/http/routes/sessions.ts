import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { sessionsOfPerson } from "../../../db/queries/sessions.ts";
import { ROLE_NAMES, ROLES } from "../../domain/actor.ts";
import { isoLocal } from "../../domain/time.ts";
import { inTransaction } from "../../in-transaction.ts";
import { endSessions } from "../../workflows/sessions.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { notFound, problems, sendProblem } from "../problem.ts";
import { Moment } from "../resources/shared.ts";
import { csrfProof, setSessionCookie } from "../session-cookie.ts";

const Me = z
  .object({
    personId: z.string().nullable().describe("null: the administrator's token"),
    name: z.string().nullable(),
    roles: z.array(z.enum(ROLES)),
    roleNames: z.array(z.string()),
    orgCode: z.string().nullable(),
    streetCode: z.string().nullable(),
    csrf: z
      .string()
      .nullable()
      .describe("to be sent as x-yihu-csrf with every change that the cookie speaks for"),
    expiresAt: Moment.nullable(),
    now: Moment.describe("the product's clock"),
  })
  .meta({ id: "Session" });

export function sessionRoutes(
  plain: FastifyInstance,
  { database, clock, publicUrl }: AppDeps,
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/session",
    {
      schema: {
        tags: ["sessions"],
        summary: "Who is signed in, and what a page needs to act for them",
        response: { 200: Me, ...problems(401, 429, 503) },
      },
    },
    async (request, reply) => {
      const { actor, session } = callerOf(request);
      return reply.send({
        personId: actor.personId,
        name: actor.name,
        roles: [...actor.roles],
        roleNames: actor.roles.map((role) => ROLE_NAMES[role]),
        orgCode: actor.orgCode,
        streetCode: actor.streetCode,
        csrf: session === null ? null : csrfProof(session.key),
        expiresAt: session === null ? null : isoLocal(session.expiresAt),
        now: isoLocal(clock.now()),
      });
    },
  );

  app.delete(
    "/api/session",
    {
      schema: {
        tags: ["sessions"],
        summary: "Signs out: ends the session whose cookie it is asked with",
        response: { 200: z.object({ ended: z.number().int() }), ...problems(401, 403, 429, 503) },
      },
    },
    async (request, reply) => {
      const { actor, session } = callerOf(request);
      const { personId } = actor;
      const ended =
        session === null
          ? 0
          : await inTransaction(database, (tx) =>
              endSessions(tx, clock, personId, session.id, actor),
            );
      setSessionCookie(reply, null, publicUrl);
      return reply.send({ ended });
    },
  );

  app.get(
    "/api/sessions",
    {
      schema: {
        tags: ["sessions"],
        summary: "Where you are signed in, newest first",
        response: {
          200: z.object({
            items: z.array(
              z.object({
                id: z.string(),
                device: z.string(),
                createdAt: Moment,
                expiresAt: Moment,
                current: z.boolean().describe("the one that asks"),
              }),
            ),
          }),
          ...problems(401, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor, session } = callerOf(request);
      const rows = await sessionsOfPerson(database, actor.personId, clock.now());
      return reply.send({
        items: rows.map(({ id, device, createdAt, expiresAt }) => ({
          id,
          device,
          createdAt: isoLocal(createdAt),
          expiresAt: isoLocal(expiresAt),
          current: id === session?.id,
        })),
      });
    },
  );

  app.delete(
    "/api/sessions/:id",
    {
      schema: {
        tags: ["sessions"],
        summary: "Signs one of your devices out",
        params: z.object({ id: z.uuid() }),
        response: {
          200: z.object({ ended: z.number().int() }),
          ...problems(400, 401, 403, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const { personId } = actor;
      const ended = await inTransaction(database, (tx) =>
        endSessions(tx, clock, personId, request.params.id, actor),
      );
      return ended === 0
        ? sendProblem(request, reply, notFound("这次登录"))
        : reply.send({ ended });
    },
  );
}
