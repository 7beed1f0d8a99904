import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { fileTypeFromBuffer } from "file-type";
import { z } from "zod";
import type { SandboxDeps } from "../sandbox.ts";
import { PICTURE_TYPES } from "./messages.ts";
import { problem } from "./problem.ts";

export function pictureRoutes(plain: FastifyInstance, deps: SandboxDeps): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    "/sandbox/pictures/:ref",
    {
      schema: {
        tags: ["sandbox"],
        summary: "A picture that was sent in the sandbox",
        params: z.object({ ref: z.string().max(64) }),
      },
    },
    async (request, reply) => {
      const bytes = await deps.pictures.read(request.params.ref);
      const type = bytes === null ? undefined : await fileTypeFromBuffer(bytes);
      if (bytes === null || type === undefined || !PICTURE_TYPES.includes(type.mime)) {
        return problem(reply, 404, "notFound", "没有这张图片,可能发在别的沙盒里。请重新发送。");
      }
      return reply
        .type(type.mime)
        .header("cache-control", "private, max-age=31536000, immutable")
        .header("content-security-policy", "default-src 'none'; sandbox")
        .header("x-content-type-options", "nosniff")
        .send(Buffer.from(bytes));
    },
  );
}
