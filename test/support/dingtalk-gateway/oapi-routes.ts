import { createHmac } from "node:crypto";
import { type Call, oapiError, ok, type Reply, type Routes } from "./http-exchange.ts";
import type { World } from "./world.ts";

/** The secret of the one custom webhook robot. */
export const CUSTOM_WEBHOOK = { accessToken: "custom-robot", secret: "SECcustom" };

const MOST_WORK_NOTICE_PEOPLE = 100;
const MOST_WORK_NOTICE_BYTES = 2_048;
const SIGNATURE_LIFE_MS = 3_600_000;

/** The calls of oapi.dingtalk.com: status 200 always, the truth in `errcode`. */
export function oapiRoutes(world: World): Routes {
  return {
    "GET /gettoken": ({ query }) => {
      const { clientId, clientSecret } = world.settings;
      if (query.get("appkey") !== clientId || query.get("appsecret") !== clientSecret) {
        return oapiError(40089, "不合法的corpid或corpsecret");
      }
      const { token, expiresIn } = world.tokens.issue();
      return ok({ errcode: 0, errmsg: "ok", access_token: token, expires_in: expiresIn });
    },
    "POST /topapi/v2/user/getuserinfo": (call) => userInfo(world, call),
    "POST /robot/sendBySession": (call) => sendBySession(world, call),
    "POST /robot/send": (call) => sendByCustomWebhook(world, call),
    "POST /topapi/message/corpconversation/asyncsend_v2": (call) => workNotice(world, call),
    "POST /media/upload": ({ query, raw }) => {
      if (!world.tokens.isGood(query.get("access_token")))
        return oapiError(40014, "不合法的access_token");
      if (raw.length === 0) return oapiError(41005, "需要多媒体数据");
      return ok({
        errcode: 0,
        errmsg: "ok",
        type: query.get("type"),
        media_id: world.nextId("@media"),
      });
    },
  };
}

/** 免登: whose code it is; a code is good once. */
function userInfo(world: World, { query, body }: Call): Reply {
  if (!world.tokens.isGood(query.get("access_token")))
    return oapiError(40014, "不合法的access_token");
  const code = String(body.code ?? "");
  const userId = world.authCodes.get(code);
  world.authCodes.delete(code);
  if (userId === undefined) return oapiError(40078, "不存在的临时授权码");
  return ok({
    errcode: 0,
    errmsg: "ok",
    request_id: "r",
    result: { userid: userId, name: userId, sys: false, sys_level: 0, device_id: "d" },
  });
}

function sendBySession(world: World, { query, body }: Call): Reply {
  const key = query.get("session") ?? "";
  const session = world.sessions.get(key);
  if (session === undefined || world.now() >= session.expiresAt) {
    return oapiError(300001, "session 不存在");
  }
  const text = textOf(body);
  if (text === null) return oapiError(40035, "不合法的参数");
  if (!world.perWebhook.admits(key))
    return oapiError(130101, "send too fast, exceed 20 times per minute");
  const { conversationId, userId } = session;
  const at = new Date(world.now());
  const mentions = mentionsOf(body, text);
  world.ledger.add({ conversationId, userId, text, via: "sessionWebhook", mentions, at });
  return oapiError(0, "ok");
}

function sendByCustomWebhook(world: World, { query, body }: Call): Reply {
  if (query.get("access_token") !== CUSTOM_WEBHOOK.accessToken)
    return oapiError(300005, "token is not exist");
  const timestamp = query.get("timestamp") ?? "";
  const signature = createHmac("sha256", CUSTOM_WEBHOOK.secret)
    .update(`${timestamp}\n${CUSTOM_WEBHOOK.secret}`)
    .digest("base64");
  const late = Math.abs(world.now() - Number(timestamp)) > SIGNATURE_LIFE_MS;
  if (late || query.get("sign") !== signature) return oapiError(310000, "sign not match");
  const text = textOf(body);
  if (text === null) return oapiError(40035, "不合法的参数");
  if (!world.customWebhook.admits(CUSTOM_WEBHOOK.accessToken))
    return oapiError(130101, "send too fast");
  const at = new Date(world.now());
  const mentions = mentionsOf(body, text);
  world.ledger.add({
    conversationId: null,
    userId: null,
    text,
    via: "customWebhook",
    mentions,
    at,
  });
  return oapiError(0, "ok");
}

function workNotice(world: World, { query, body }: Call): Reply {
  if (!world.tokens.isGood(query.get("access_token")))
    return oapiError(40014, "不合法的access_token");
  const people = String(body.userid_list ?? "")
    .split(",")
    .filter(Boolean);
  const msg = typeof body.msg === "string" ? body.msg : JSON.stringify(body.msg ?? null);
  const tooMuch =
    people.length > MOST_WORK_NOTICE_PEOPLE || Buffer.byteLength(msg) > MOST_WORK_NOTICE_BYTES;
  const text = textOf(JSON.parse(msg) as Record<string, unknown> | null);
  if (people.length === 0 || tooMuch || text === null) return oapiError(40035, "不合法的参数");
  const at = new Date(world.now());
  for (const userId of people) {
    world.ledger.add({ conversationId: null, userId, text, via: "workNotice", mentions: [], at });
  }
  return ok({ errcode: 0, errmsg: "ok", task_id: 1, request_id: "r" });
}

/** What people read of a message body, or null when its type or fields do not fit. */
function textOf(body: Record<string, unknown> | null): string | null {
  const part = body?.[String(body.msgtype)] as Record<string, unknown> | undefined;
  const said = body?.msgtype === "text" ? part?.content : part?.text;
  if (body?.msgtype === "markdown" && typeof part?.title !== "string") return null;
  return typeof said === "string" && said !== "" ? said : null;
}

/** Only who stands in the text as `@userId` is highlighted. */
function mentionsOf(body: Record<string, unknown>, text: string): string[] {
  const at = body.at as { atUserIds?: unknown } | undefined;
  const ids = Array.isArray(at?.atUserIds) ? at.atUserIds.map(String) : [];
  return ids.filter((id) => text.includes(`@${id}`));
}
