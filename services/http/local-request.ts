import type { FastifyRequest } from "fastify";

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;
const LOOPBACK_HEADER = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Whether the product listens on this machine alone. @param host - the setting HOST */
export const isLoopbackHost = (host: string): boolean => LOOPBACK_HOST.test(host);

/**
 * Whether a request to a product on loopback was made on this machine. A foreign `Host` or a proxy's
 * header tells that it came from elsewhere all the same (DNS rebinding, a reverse proxy beside us).
 */
export const cameFromHere = (request: FastifyRequest): boolean =>
  LOOPBACK_HEADER.test(request.headers.host ?? "") &&
  request.headers["x-forwarded-for"] === undefined &&
  request.headers.forwarded === undefined;
