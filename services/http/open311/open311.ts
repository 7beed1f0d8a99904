import type { FastifyError, FastifyInstance, FastifyRequest } from "fastify";
import type { PlatformNaming } from "../../domain/platform.ts";
import type { AppDeps } from "../app.ts";
import { requestsOfAddress } from "../request-limits.ts";
import { FORMATS, type Format, Open311Error, sendRefusal } from "./answer.ts";
import { discoveryRoute } from "./discovery.ts";
import { postRequestRoute } from "./post-request.ts";
import { requestRoutes } from "./requests.ts";
import { serviceRoutes } from "./services.ts";
import { tokenRoute } from "./tokens.ts";

/** What the routes of GeoReport v2 share. */
export interface Open311Deps extends AppDeps {
  /** jurisdiction_id, such as shilin.gov.cn */
  jurisdiction: string;
  naming: PlatformNaming;
  publicUrl: string;
}

/**
 * Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2) below /open311/v2, for apps that report and show
 * troubles of public space. Its refusals are its own, in the format that was asked for.
 */
export function open311Routes(app: FastifyInstance, deps: Open311Deps): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.setErrorHandler((error: FastifyError | Open311Error, request, reply) => {
    const format = formatIn(request.url) ?? "json";
    if (error instanceof Open311Error)
      return sendRefusal(reply, format, error.status, error.message);
    const status = (error as FastifyError).statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, "an Open311 request failed");
    const said = status >= 500 ? "The request failed. Please try again later." : error.message;
    return sendRefusal(reply, format, status, said);
  });
  app.setNotFoundHandler((request, reply) =>
    sendRefusal(
      reply,
      formatIn(request.url) ?? "json",
      404,
      "No such resource. See /open311/discovery.json for what there is.",
    ),
  );
  const take = requestsOfAddress(deps);
  app.addHook("onRequest", async (request, reply) => {
    const wait = take(request.ip);
    if (wait === 0) return;
    reply.header("retry-after", String(wait));
    throw new Open311Error(429, `Too many requests. Please try again in ${wait} seconds.`);
  });
  discoveryRoute(app, deps);
  serviceRoutes(app, deps);
  requestRoutes(app, deps);
  postRequestRoute(app, deps);
  tokenRoute(app, deps);
}

/** The format at the end of an address: `json` of /services.json?…. */
const formatIn = (url: string): Format | null =>
  FORMATS.find((format) => url.split("?", 1)[0]?.endsWith(`.${format}`)) ?? null;

export type Fields = Record<string, string | undefined>;

/** The fields of a query; of one given several times the last counts. */
export function fieldsOf(request: FastifyRequest): Fields {
  const query = request.query as Record<string, string | string[] | undefined>;
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.at(-1) : value,
    ]),
  );
}

/** There is one jurisdiction, so it may be left out; another's is not found. */
export function checkJurisdiction(given: string | undefined, own: string): void {
  if (given !== undefined && given !== "" && given !== own)
    throw new Open311Error(404, `jurisdiction_id not found. Use ${own}, or leave it out.`);
}
