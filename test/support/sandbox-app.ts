import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { v7 as uuidv7 } from "uuid";
import { sandboxChannel } from "../../bot/channels/sandbox.ts";
import type { Database } from "../../db/client.ts";
import { categories, grids, groups, inbox, orgs, people } from "../../db/schema/index.ts";
import type { IncomingMessage } from "../../services/domain/incoming.ts";
import { answerErrors } from "../../services/http/errors.ts";
import { type SandboxDeps, sandboxRoutes } from "../../services/http/routes/sandbox.ts";
import { openWebPages } from "../../services/http/web-pages.ts";
import { openProductClock } from "../../services/product-clock.ts";
import { sandboxPictures } from "../../services/sandbox-pictures.ts";

export const ADMIN_TOKEN = "an-admin-token-for-tests";

/** A small district: one street with a community, a grid, a station, and a group of each kind. */
export async function settleDistrict(db: Database): Promise<void> {
  const site = db.site;
  const org = (
    code: string,
    type: "district" | "street" | "community" | "station",
    name: string,
  ) => ({
    site,
    code,
    type,
    name,
    parentCode: type === "district" ? null : "S1",
  });
  await db.orm
    .insert(orgs)
    .values([
      org("D", "district", "清河区"),
      org("S1", "street", "柳岸街道"),
      org("C1", "community", "春江社区"),
      org("H1", "station", "柳岸环卫所"),
    ]);
  await db.orm.insert(grids).values({
    site,
    code: "G1",
    name: "春江第一网格",
    communityCode: "C1",
    class: 1,
    kind: "ordinary",
  });
  const person = (id: string, name: string, orgCode: string, roles: string[]) => ({
    site,
    id,
    name,
    orgCode,
    roles: roles as never,
    gridCodes: roles.includes("gridWorker") ? ["G1"] : [],
  });
  await db.orm
    .insert(people)
    .values([
      person("p-wang", "王秀兰", "C1", ["gridWorker"]),
      person("p-zhang", "张敏", "S1", ["dispatcher"]),
      person("p-zhou", "周强", "H1", ["stationOfficer"]),
    ]);
  await db.orm.insert(groups).values([
    { site, channel: "sandbox", conversationId: "g-call", name: "区应响应群", kind: "call" },
    {
      site,
      channel: "sandbox",
      conversationId: "g-work",
      name: "柳岸街道工作群",
      kind: "work",
      orgCode: "S1",
    },
    {
      site,
      channel: "dingtalk",
      conversationId: "g-home",
      name: "春江花园邻舍群",
      kind: "resident",
      gridCode: "G1",
      orgCode: "C1",
    },
  ]);
  await db.orm.insert(categories).values({
    site,
    slug: "light.out",
    name: "路灯不亮",
    level: 1,
    urgency: "normal",
  });
}

export interface SandboxApp {
  app: FastifyInstance;
  /** what the routes handed over, in order */
  stored: IncomingMessage[];
  /** how often the clock's caller waited for jobs and queues */
  settled: number;
  close(): Promise<void>;
}

/**
 * The sandbox with a bot that takes every message for a broken street lamp: it stands where the real
 * bot will, at the edge of the routes.
 */
export async function sandboxApp(
  db: Database,
  changes: Partial<SandboxDeps> & { withPages?: boolean } = {},
): Promise<SandboxApp> {
  const { withPages, ...deps } = changes;
  const clock = await openProductClock(db);
  const pictures = sandboxPictures(mkdtempSync(join(tmpdir(), "yihu-sandbox-")));
  const channel = sandboxChannel({ db, clock, pictures });
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  const made: SandboxApp = {
    app,
    stored: [],
    settled: 0,
    close: async () => {
      clock.stop();
      await app.close();
    },
  };

  const store = async (message: IncomingMessage) => {
    const inserted = await db.orm
      .insert(inbox)
      .values({
        site: db.site,
        id: uuidv7(),
        channel: message.channel,
        dedupeKey: message.dedupeKey,
        lane: message.conversation.id,
        message,
        receivedAt: clock.now(),
      })
      .onConflictDoNothing()
      .returning({ id: inbox.id });
    if (inserted.length === 0) return "seenBefore";
    made.stored.push(message);
    const number = made.stored.length;
    await answer(message, `SJ20261123-${String(number).padStart(4, "0")}`);
    return "stored";
  };

  const answer = async (message: IncomingMessage, eventNo: string) => {
    await db.orm
      .update(inbox)
      .set({
        status: "done",
        handledAt: clock.now(),
        kind: "report",
        reading: {
          kind: "report",
          items: [
            {
              category: "light.out",
              summary: "路灯不亮",
              place: "春江花园3幢",
              level: 1,
              urgency: "normal",
              candidates: [{ category: "light.out", score: 0.92 }],
            },
          ],
          confidence: 0.92,
          by: "rules",
          eventNos: [eventNo],
        },
      })
      .where(and(eq(inbox.site, db.site), eq(inbox.dedupeKey, message.dedupeKey)));
    await channel.send({
      key: `answer:${message.dedupeKey}`,
      to: { type: "conversation", conversationId: message.conversation.id },
      text: `已登记,编号 ${eventNo}。`,
      reply: null,
      mentions: [],
      priority: "direct",
    });
  };

  const pages = withPages ? await openWebPages(app) : null;
  await app.register(sandboxRoutes, {
    db,
    clock,
    pictures,
    adminToken: ADMIN_TOKEN,
    isLoopback: true,
    store,
    settle: async () => {
      made.settled += 1;
    },
    ...(pages === null ? {} : { pages }),
    ...deps,
  });
  await app.ready();
  return made;
}
