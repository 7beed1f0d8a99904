import { parse } from "csv-parse/sync";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { allGrids, allOrgs, everybody, everyGroup } from "../../../../db/queries/directory.ts";
import { strangeGroups } from "../../../../db/queries/strange-groups.ts";
import { registryText } from "../../../../db/registry/export-registry.ts";
import { GROUP_CHANNELS, GROUP_KINDS } from "../../../../db/schema/registry.ts";
import { ROLE_NAMES, ROLES } from "../../../domain/actor.ts";
import { fromSheetText } from "../../../domain/sheet-text.ts";
import { DAY_MS, isoLocal } from "../../../domain/time.ts";
import { removeRegistryRow, setRegistryRow } from "../../../workflows/change-registry.ts";
import type { AppDeps } from "../../app.ts";
import { callerOf } from "../../auth.ts";
import { notFound, problems, sendProblem } from "../../problem.ts";
import { Moment } from "../../resources/shared.ts";
import { rowProblem } from "./import-answer.ts";

const HEARD_DAYS = 30;

const key = z.object({
  channel: z.enum(GROUP_CHANNELS),
  conversationId: z.string().min(1).max(200),
});
const Done = z.object({ ok: z.literal(true) });

/** Groups and accounts: who is bound to what, who is not, by the road groups.csv and people.csv take. */
export function groupRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, office, clock } = deps;

  app.get(
    "/api/groups",
    {
      schema: {
        tags: ["administration"],
        summary:
          "Groups and what they are bound to, unknown groups that wrote, people without account",
        response: {
          200: z.object({
            items: z.array(
              z.object({
                channel: z.enum(GROUP_CHANNELS),
                conversationId: z.string(),
                name: z.string(),
                kind: z.enum(GROUP_KINDS),
                gridCode: z.string().nullable(),
                gridName: z.string().nullable(),
                orgCode: z.string().nullable(),
                orgName: z.string().nullable(),
              }),
            ),
            strange: z.array(
              z.object({
                channel: z.string(),
                conversationId: z.string(),
                messages: z.number().int(),
                first: Moment,
                last: Moment,
              }),
            ),
            unbound: z.array(
              z.object({
                id: z.string(),
                name: z.string(),
                orgCode: z.string(),
                roles: z.array(z.enum(ROLES)),
                roleNames: z.array(z.string()),
              }),
            ),
            people: z.number().int(),
            grids: z.array(z.object({ code: z.string(), name: z.string() })),
          }),
          ...problems(401, 403, 429, 503),
        },
      },
    },
    async (_request, reply) => {
      const grids = await allGrids(database);
      const gridNames = new Map(grids.map(({ code, name }) => [code, name]));
      const orgNames = new Map((await allOrgs(database)).map(({ code, name }) => [code, name]));
      const since = new Date(clock.now().getTime() - HEARD_DAYS * DAY_MS);
      const people = await everybody(database);
      return reply.send({
        items: (await everyGroup(database)).map((group) => ({
          ...group,
          gridName: group.gridCode === null ? null : (gridNames.get(group.gridCode) ?? null),
          orgName: group.orgCode === null ? null : (orgNames.get(group.orgCode) ?? null),
        })),
        strange: (await strangeGroups(database, since)).map((group) => ({
          ...group,
          first: isoLocal(group.first),
          last: isoLocal(group.last),
        })),
        unbound: people
          .filter(({ dingtalkUserId }) => dingtalkUserId === null)
          .map(({ id, name, orgCode, roles }) => ({
            id,
            name,
            orgCode,
            roles: [...roles],
            roleNames: roles.map((role) => ROLE_NAMES[role]),
          })),
        people: people.length,
        grids: grids.map(({ code, name }) => ({ code, name })),
      });
    },
  );

  app.put(
    "/api/groups/:channel/:conversationId",
    {
      schema: {
        tags: ["administration"],
        summary: "Binds a group to a grid or an organisation",
        params: key,
        body: z.object({
          name: z.string().trim().min(1).max(200),
          kind: z.enum(GROUP_KINDS),
          gridCode: z.string().max(200).nullable().default(null),
          orgCode: z.string().max(200).nullable().default(null),
        }),
        response: { 200: Done, ...problems(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { channel, conversationId } = request.params;
      const { name, kind, gridCode, orgCode } = request.body;
      const row = [channel, conversationId, name, kind, gridCode ?? "", orgCode ?? ""];
      const { actor } = callerOf(request);
      const outcome = await setRegistryRow(database, office, "groups.csv", row, actor, {
        action: "bindGroup",
        subject: { type: "group", no: conversationId },
        reason: [channel, kind, gridCode ?? orgCode ?? ""].join(" ").trim(),
      });
      return outcome.ok
        ? reply.send({ ok: true as const })
        : sendProblem(request, reply, rowProblem(outcome, "群"));
    },
  );

  app.delete(
    "/api/groups/:channel/:conversationId",
    {
      schema: {
        tags: ["administration"],
        summary: "Unbinds a group: nothing in it is read any more",
        params: key,
        response: { 200: Done, ...problems(400, 401, 403, 404, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { channel, conversationId } = request.params;
      const bound = (await everyGroup(database)).some(
        (group) => group.channel === channel && group.conversationId === conversationId,
      );
      if (!bound) return sendProblem(request, reply, notFound("这个群"));
      const { actor } = callerOf(request);
      const outcome = await removeRegistryRow(
        database,
        office,
        "groups.csv",
        [channel, conversationId],
        actor,
        {
          action: "unbindGroup",
          subject: { type: "group", no: conversationId },
          reason: channel,
        },
      );
      return outcome.ok
        ? reply.send({ ok: true as const })
        : sendProblem(request, reply, rowProblem(outcome, "群"));
    },
  );

  app.put(
    "/api/people/:id/dingtalk-user-id",
    {
      schema: {
        tags: ["administration"],
        summary: "Binds a person to their account; rights follow it",
        params: z.object({ id: z.string().max(200) }),
        body: z.object({ userId: z.string().trim().max(200).describe("empty: none") }),
        response: { 200: Done, ...problems(400, 401, 403, 404, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const rows: string[][] = parse(await registryText(database, "people.csv"));
      const row = rows.slice(1).find(([own = ""]) => fromSheetText(own) === id);
      if (row === undefined) return sendProblem(request, reply, notFound(`人员 ${id}`));
      const bound = [...row.slice(0, -1).map(fromSheetText), request.body.userId];
      const { actor } = callerOf(request);
      const outcome = await setRegistryRow(database, office, "people.csv", bound, actor, {
        action: "bindPerson",
        subject: { type: "person", no: id },
        reason: request.body.userId === "" ? "unbound" : "bound",
      });
      return outcome.ok
        ? reply.send({ ok: true as const })
        : sendProblem(request, reply, rowProblem(outcome, "人员"));
    },
  );
}
