import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { type LastLine, readLastLines } from "../../../../db/queries/sandbox.ts";
import {
  readCast,
  readCategoryNames,
  readEventStory,
  readExamplePlaces,
  readGroups,
  readNewestEventNo,
} from "../../../../db/queries/sandbox-district.ts";
import { GROUP_CHANNELS } from "../../../../db/schema/index.ts";
import { ROLE_NAMES, ROLES } from "../../../domain/actor.ts";
import { EVENT_STATUS_NAMES, EVENT_STEP_NAMES } from "../../../domain/event.ts";
import { levelName, URGENCY_NAMES } from "../../../domain/level.ts";
import { ownerOfPrivateChat } from "../../../domain/sandbox-chat.ts";
import { isoLocal } from "../../../domain/time.ts";
import type { SandboxDeps } from "../sandbox.ts";
import { Problem, problem } from "./problem.ts";

const Last = z.object({ id: z.string(), at: z.string(), from: z.string(), text: z.string() });

const Conversation = z.object({
  conversationId: z.string(),
  name: z.string(),
  kind: z.enum(["resident", "work", "call"]),
  channel: z.enum(GROUP_CHANNELS),
  orgCode: z.string().nullable(),
  orgName: z.string().nullable(),
  gridCode: z.string().nullable(),
  gridName: z.string().nullable(),
  /** a place of the grid, for example phrases */
  examplePlace: z.string().nullable(),
  last: Last.nullable(),
});

const Person = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  roleNames: z.array(z.string()),
  orgCode: z.string(),
  orgName: z.string().nullable(),
  orgType: z.string().nullable(),
  streetCode: z.string().nullable(),
  gridCodes: z.array(z.string()),
  gridNames: z.array(z.string()),
});

const Story = z.object({
  no: z.string(),
  status: z.string(),
  statusName: z.string(),
  category: z.string(),
  categoryName: z.string(),
  level: z.number(),
  levelName: z.string(),
  urgencyName: z.string(),
  summary: z.string(),
  place: z.string().nullable(),
  timeText: z.string().nullable(),
  gridCode: z.string().nullable(),
  streetCode: z.string().nullable(),
  reporterCount: z.number(),
  createdAt: z.string(),
  dueAt: z.string().nullable(),
  assignees: z.array(
    z.object({
      orgCode: z.string(),
      orgName: z.string(),
      personName: z.string().nullable(),
      role: z.enum(["lead", "support"]),
      signed: z.boolean(),
    }),
  ),
  /** who reported it in the sandbox, so that a trainer can go on as them */
  reporters: z.array(
    z.object({ userId: z.string(), conversationId: z.string(), rated: z.boolean() }),
  ),
  suggestedOrg: z.object({ code: z.string(), name: z.string() }).nullable(),
  steps: z.array(
    z.object({
      at: z.string(),
      action: z.string(),
      actionName: z.string(),
      status: z.string(),
      statusName: z.string(),
      actor: z.string(),
      note: z.string().nullable(),
    }),
  ),
});

/** A picker for a district's people needs a search beyond this, not a longer list. */
const MOST_PEOPLE = 2000;

export function districtRoutes(plain: FastifyInstance, deps: SandboxDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/sandbox/conversations",
    {
      schema: {
        tags: ["sandbox"],
        summary: "Every group of the registry, and the private chats in which something was said",
        response: {
          200: z.object({
            items: z.array(Conversation),
            privateChats: z.array(
              z.object({ conversationId: z.string(), userId: z.string(), last: Last }),
            ),
            newestEventNo: z.string().nullable(),
          }),
        },
      },
    },
    async () => {
      const lines = await readLastLines(deps.db);
      const lastIn = new Map(lines.map((line) => [line.conversationId, line]));
      const places = await readExamplePlaces(deps.db);
      const groups = await readGroups(deps.db);
      return {
        items: groups.map((group) => ({
          ...group,
          examplePlace: places.get(group.gridCode ?? "") ?? null,
          last: lastOf(lastIn.get(group.conversationId)),
        })),
        privateChats: lines.flatMap((line) => {
          const userId = ownerOfPrivateChat(line.conversationId);
          const last = lastOf(line);
          return userId === null || last === null
            ? []
            : [{ conversationId: line.conversationId, userId, last }];
        }),
        newestEventNo: await readNewestEventNo(deps.db),
      };
    },
  );

  app.get(
    "/sandbox/people",
    {
      schema: {
        tags: ["sandbox"],
        summary: "Who of the registry may be played",
        response: { 200: z.object({ items: z.array(Person) }) },
      },
    },
    async () => ({
      items: (await readCast(deps.db, MOST_PEOPLE)).map((person) => ({
        ...person,
        roleNames: person.roles.map((role) => ROLE_NAMES[role]),
      })),
    }),
  );

  app.get(
    "/sandbox/events/:no",
    {
      schema: {
        tags: ["sandbox"],
        summary: "What became of an event, for the side panel",
        params: z.object({ no: z.string().max(40) }),
        response: { 200: Story, "4xx": Problem },
      },
    },
    async (request, reply) => {
      const story = await readEventStory(deps.db, request.params.no);
      if (story === null) {
        return problem(reply, 404, "notFound", "没有这个编号的事件。请核对机器人回复里的编号。");
      }
      return told(story, await readCategoryNames(deps.db));
    },
  );
}

function lastOf(line: LastLine | undefined): z.infer<typeof Last> | null {
  return line === undefined
    ? null
    : { id: line.id, at: isoLocal(line.at), from: line.from, text: line.text.slice(0, 120) };
}

function told(
  story: NonNullable<Awaited<ReturnType<typeof readEventStory>>>,
  categoryNames: ReadonlyMap<string, string>,
): z.infer<typeof Story> {
  return {
    ...story,
    statusName: EVENT_STATUS_NAMES[story.status],
    categoryName: categoryNames.get(story.category) ?? story.category,
    levelName: levelName(story.level),
    urgencyName: URGENCY_NAMES[story.urgency],
    place: story.placeRaw,
    createdAt: isoLocal(story.createdAt),
    dueAt: story.dueAt === null ? null : isoLocal(story.dueAt),
    assignees: story.assignees.map((assignee) => ({
      orgCode: assignee.orgCode,
      orgName: assignee.orgName ?? assignee.orgCode,
      personName: assignee.personName,
      role: assignee.role,
      signed: assignee.signedAt !== null,
    })),
    reporters: story.reporters
      .filter((reporter) => reporter.channel === "sandbox")
      .map((reporter) => ({
        userId: reporter.userId,
        conversationId: reporter.conversationId,
        rated: reporter.rating !== null,
      })),
    steps: story.steps.map((step) => ({
      at: isoLocal(step.at),
      action: step.action,
      actionName: EVENT_STEP_NAMES[step.action],
      status: step.to,
      statusName: EVENT_STATUS_NAMES[step.to],
      actor: step.actor.name ?? (step.actor.personId === null ? "居民" : step.actor.personId),
      note: step.note,
    })),
  };
}
