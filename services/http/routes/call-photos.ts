import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { photosOfCalls } from "../../../db/queries/call-photos.ts";
import { findCall } from "../../../db/queries/calls.ts";
import { maySeeCall } from "../../domain/call-rights.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { notFound, problems, sendProblem } from "../problem.ts";

export function callPhotoRoutes(plain: FastifyInstance, deps: AppDeps): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    "/api/call-tickets/:no/photos/:id",
    {
      schema: {
        tags: ["call tickets"],
        summary: "A picture taken at check-in",
        params: z.object({ no: z.string().max(40), id: z.uuid() }),
        response: {
          200: { description: "the picture", content: { "image/*": { schema: z.any() } } },
          ...problems(400, 401, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { no, id } = request.params;
      const call = await findCall(deps.database, no);
      const visible = call !== null && maySeeCall(callerOf(request).actor, call.state);
      const photos = visible ? await photosOfCalls(deps.database, [no]) : [];
      const photo = photos.find((one) => one.id === id);
      const bytes = photo === undefined ? null : await deps.attachments.read(photo.path);
      if (photo === undefined || bytes === null) {
        return sendProblem(request, reply, notFound("这张照片"));
      }
      return reply
        .type(photo.mime)
        .header("content-security-policy", "default-src 'none'; sandbox")
        .send(Buffer.from(bytes));
    },
  );
}
