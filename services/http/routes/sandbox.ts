import type { FastifyInstance } from "fastify";
import type { Database } from "../../../db/client.ts";
import type { IncomingMessage } from "../../domain/incoming.ts";
import type { ProductClock } from "../../product-clock.ts";
import type { SandboxPictures } from "../../sandbox-pictures.ts";
import type { WebPages } from "../web-pages.ts";
import { sandboxFormRoutes } from "./print-call-form.ts";
import { guardSandbox, type SandboxAccess } from "./sandbox/access.ts";
import { clockRoutes } from "./sandbox/clock.ts";
import { districtRoutes } from "./sandbox/district.ts";
import { messageRoutes } from "./sandbox/messages.ts";
import { pageRoute } from "./sandbox/page.ts";
import { pictureRoutes } from "./sandbox/pictures.ts";
import { sandboxSessionRoute } from "./sandbox/session.ts";
import { streamRoute } from "./sandbox/stream.ts";

export interface SandboxDeps extends SandboxAccess {
  db: Database;
  clock: ProductClock;
  pictures: SandboxPictures;
  /** puts a message into the inbox, once; resolves when it is safe there */
  store(message: IncomingMessage): Promise<unknown>;
  /** runs the jobs that are due and empties inbox and outbox */
  settle(): Promise<void>;
  /** serves the page; without it there is the API alone */
  pages?: WebPages;
}

/** Section 7 of the contract. Register it only with SANDBOX=1: whoever may speak here may speak as anybody. */
export async function sandboxRoutes(app: FastifyInstance, deps: SandboxDeps): Promise<void> {
  if (deps.pages !== undefined) pageRoute(app, deps, deps.pages);
  await app.register(async (guarded) => {
    guarded.addHook("onRequest", guardSandbox(deps));
    messageRoutes(guarded, deps);
    districtRoutes(guarded, deps);
    clockRoutes(guarded, deps);
    pictureRoutes(guarded, deps);
    streamRoute(guarded, deps);
    sandboxFormRoutes(guarded, deps);
    sandboxSessionRoute(guarded, deps);
  });
}
