import type { FastifyReply, FastifyRequest } from "fastify";
import { isSameSecret, tokenHash } from "../token-hash.ts";

const NAME = "yihu_session";

/** The session's key in the request's cookie; null where there is none. */
export function sessionKey(request: FastifyRequest): string | null {
  const cookies = (request.headers.cookie ?? "").split(";").map((part) => part.trim());
  const found = cookies.find((part) => part.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
  return found !== undefined && /^[\w-]{20,100}$/.test(found) ? found : null;
}

/** @param key - null takes the cookie away. `publicUrl` tells whether browsers come by https */
export function setSessionCookie(
  reply: FastifyReply,
  key: string | null,
  publicUrl: string | undefined,
): void {
  const secure = publicUrl?.startsWith("https:") ? "; Secure" : "";
  const end = key === null ? "; Max-Age=0" : "";
  reply.header(
    "set-cookie",
    `${NAME}=${key ?? ""}; Path=/; HttpOnly; SameSite=Strict${secure}${end}`,
  );
}

/**
 * What a page shows with everything it changes. A foreign page can make a browser send the cookie at
 * most; it can neither read this, which follows from the cookie, nor add a header of its own.
 */
export const csrfProof = (key: string): string => tokenHash(`csrf\0${key}`);

export const CSRF_HEADER = "x-yihu-csrf";

/** Whether a request that a cookie speaks for was made by our own pages. */
export function isFromOurPages(
  request: FastifyRequest,
  key: string,
  publicUrl: string | undefined,
): boolean {
  const shown = request.headers[CSRF_HEADER];
  return (
    typeof shown === "string" &&
    isSameSecret(shown, csrfProof(key)) &&
    isSameOrigin(request, publicUrl)
  );
}

/** Browsers say where a request comes from; whoever says nothing is no browser. */
export function isSameOrigin(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const { origin, host } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  if (origin === undefined) return true;
  const ours = [`http://${host}`, `https://${host}`];
  if (publicUrl !== undefined) ours.push(new URL(publicUrl).origin);
  return ours.includes(origin);
}
