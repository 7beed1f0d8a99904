import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { cameFromHere } from "../../local-request.ts";
import { problem } from "./problem.ts";

export interface SandboxAccess {
  adminToken: string;
  /** HOST is a loopback address: whoever sits at this machine needs no token */
  isLoopback: boolean;
}

const COOKIE = "yihu_sandbox";

/**
 * Whether the request may use the sandbox: from this machine, with the admin token, or with the
 * page's cookie.
 */
export function mayEnter(request: FastifyRequest, access: SandboxAccess): boolean {
  if (access.isLoopback && cameFromHere(request)) return true;
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined && isSame(bearer, access.adminToken)) return true;
  const cookie = cookieOf(request);
  return cookie !== null && isSame(cookie, pageKey(access.adminToken));
}

/** A hook for every route of the sandbox but its page. */
export const guardSandbox =
  (access: SandboxAccess) => async (request: FastifyRequest, reply: FastifyReply) => {
    if (mayEnter(request, access)) return;
    reply.header("www-authenticate", "Bearer");
    return problem(
      reply,
      401,
      "tokenRequired",
      "沙盒只对本机免令牌。请带上 Authorization: Bearer ADMIN_TOKEN,或在浏览器里先打开一次 /sandbox?token=ADMIN_TOKEN。",
    );
  };

/** Takes `?token=` once and answers with the cookie, so that the token does not stay in the address. */
export function admitPage(
  request: FastifyRequest,
  reply: FastifyReply,
  access: SandboxAccess,
  token: string,
): boolean {
  if (!isSame(token, access.adminToken)) return false;
  const secure = request.protocol === "https" ? "; Secure" : "";
  reply.header(
    "set-cookie",
    `${COOKIE}=${pageKey(access.adminToken)}; Path=/sandbox; HttpOnly; SameSite=Strict${secure}`,
  );
  return true;
}

/** The cookie opens the sandbox and nothing else: the token cannot be found from it. */
const pageKey = (adminToken: string) =>
  createHmac("sha256", adminToken).update("sandbox page").digest("hex");

function cookieOf(request: FastifyRequest): string | null {
  const cookies = (request.headers.cookie ?? "").split(";").map((part) => part.trim());
  return cookies.find((part) => part.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? null;
}

const hash = (text: string) => createHash("sha256").update(text).digest();
const isSame = (a: string, b: string) => timingSafeEqual(hash(a), hash(b));
