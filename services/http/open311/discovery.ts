import type { FastifyInstance } from "fastify";
import { isoLocal } from "../../domain/time.ts";
import { FORMATS, sendOpen311 } from "./answer.ts";
import type { Open311Deps } from "./open311.ts";

/** Where the interface is and what it speaks (Open311 Service Discovery). */
export function discoveryRoute(app: FastifyInstance, deps: Open311Deps): void {
  const since = isoLocal(deps.clock.now());
  for (const format of FORMATS) {
    app.get(`/discovery.${format}`, { schema: { hide: true } }, (_request, reply) =>
      sendOpen311(reply, format, { root: "discovery" }, discovery(deps, since)),
    );
  }
}

const discovery = ({ publicUrl }: Open311Deps, since: string) => {
  const endpoint = {
    specification: "http://wiki.open311.org/GeoReport_v2",
    url: `${publicUrl}/open311/v2`,
    changeset: since,
    type: "production",
    formats: ["application/json", "text/xml"],
  };
  return {
    changeset: since,
    contact: "在聊天中对一呼说「登录」取得 api_key,或向区平台申请。",
    key_service: "api_key 是一呼的令牌:个人的由「登录」取得,应用的由管理员用 POST /api/tokens 发。",
    endpoints: [endpoint],
  };
};
