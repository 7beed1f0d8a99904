import type { FastifyInstance } from "fastify";
import { eventsOfReport, findReport } from "../../../db/queries/reports.ts";
import { API_CHANNEL } from "../../domain/api-sender.ts";
import { FORMATS, Open311Error, sendOpen311 } from "./answer.ts";
import { checkJurisdiction, fieldsOf, type Open311Deps } from "./open311.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** GET service_request_id from a token; without it while the words are not read yet. */
export function tokenRoute(app: FastifyInstance, deps: Open311Deps): void {
  for (const format of FORMATS) {
    app.get(`/v2/tokens/:token.${format}`, { schema: { hide: true } }, async (request, reply) => {
      checkJurisdiction(fieldsOf(request).jurisdiction_id, deps.jurisdiction);
      const { token } = request.params as { token: string };
      const report = UUID.test(token) ? await findReport(deps.database, API_CHANNEL, token) : null;
      if (report === null)
        throw new Open311Error(
          404,
          "token not found. Use the token that POST request answered with.",
        );
      const [event] = await eventsOfReport(deps.database, token);
      return sendOpen311(reply, format, { root: "service_requests", item: "request" }, [
        { service_request_id: event?.no ?? null, token },
      ]);
    });
  }
}
