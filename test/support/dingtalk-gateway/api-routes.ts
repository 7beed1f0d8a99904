import { apiError, type Call, ok, type Reply, type Routes } from "./http-exchange.ts";
import { textOfTemplate } from "./message-templates.ts";
import type { World } from "./world.ts";

/** The calls of api.dingtalk.com that the product could make, cards apart. */
export function apiRoutes(world: World): Routes {
  return {
    "POST /v1.0/gateway/connections/open": (call) => openConnection(world, call),
    "POST /v1.0/oauth2/accessToken": ({ body }) => {
      const { clientId, clientSecret } = world.settings;
      if (body.appKey !== clientId || body.appSecret !== clientSecret) {
        return apiError(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret");
      }
      const { token, expiresIn } = world.tokens.issue();
      return ok({ accessToken: token, expireIn: expiresIn });
    },
    "POST /v1.0/robot/groupMessages/send": guarded(world, (call) => sendToGroup(world, call)),
    "POST /v1.0/robot/oToMessages/batchSend": guarded(world, (call) => sendToPeople(world, call)),
    "POST /v1.0/robot/groupMessages/recall": guarded(world, recall),
    "POST /v1.0/robot/otoMessages/batchRecall": guarded(world, recall),
    "POST /v1.0/robot/messageFiles/download": guarded(world, (call) => download(world, call)),
    "POST /v1.0/robot/ding/send": guarded(world, (call) => ding(world, call)),
  };
}

/** Token and calls a second, which every call of the OpenAPI has to pass. */
export const guarded =
  (world: World, route: (call: Call) => Reply) =>
  (call: Call): Reply => {
    if (!world.tokens.isGood(call.headers["x-acs-dingtalk-access-token"])) {
      return apiError(401, "InvalidAuthentication", "不合法的access_token");
    }
    if (!world.qps.admits(call.path)) {
      return apiError(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "请求过快");
    }
    return route(call);
  };

function openConnection(world: World, { headers, body }: Call): Reply {
  const { clientId, clientSecret } = world.settings;
  if (!headers.accept?.includes("application/json")) {
    return { status: 200, body: "<result/>", headers: { "content-type": "application/xml" } };
  }
  if (body.clientId !== clientId || body.clientSecret !== clientSecret) {
    return { status: 401, body: { requestid: "r", code: "authFailed", message: "鉴权失败" } };
  }
  if (!Array.isArray(body.subscriptions)) return apiError(400, "param.error", "subscriptions");
  const endpoint = `${world.baseUrl().replace(/^http/, "ws")}/connect`;
  return ok({ endpoint, ticket: world.tickets.issue() });
}

function sendToGroup(world: World, { body }: Call): Reply {
  const wrong = robotProblem(world, body);
  if (wrong !== null) return wrong;
  const conversationId = String(body.openConversationId ?? "");
  if (!world.groups.has(conversationId)) {
    return apiError(400, "invalidParameter.openConversationId", "群会话不存在");
  }
  const text = textOfTemplate(body.msgKey, body.msgParam);
  if (typeof text !== "string") return text;
  const at = new Date(world.now());
  world.ledger.add({ conversationId, userId: null, text, via: "groupSend", mentions: [], at });
  return ok({ processQueryKey: world.nextId("query") });
}

const MOST_PEOPLE = 20;

function sendToPeople(world: World, { body }: Call): Reply {
  const wrong = robotProblem(world, body);
  if (wrong !== null) return wrong;
  const { userIds } = body;
  if (!Array.isArray(userIds) || userIds.length === 0 || userIds.length > MOST_PEOPLE) {
    return apiError(400, "invalidParameter.userIds", "userIds: 1 to 20");
  }
  const text = textOfTemplate(body.msgKey, body.msgParam);
  if (typeof text !== "string") return text;
  const ids = userIds.map(String);
  // A real staff id holds no colon; encrypted ids and made-up ones are nobody.
  const invalid = ids.filter((id) => world.left.has(id) || id.includes(":"));
  const heldBack = ids.filter((id) => world.held.has(id));
  const at = new Date(world.now());
  for (const userId of ids.filter((id) => !invalid.includes(id) && !heldBack.includes(id))) {
    world.ledger.add({ conversationId: null, userId, text, via: "privateSend", mentions: [], at });
  }
  return ok({
    processQueryKey: world.nextId("query"),
    invalidStaffIdList: invalid,
    flowControlledStaffIdList: heldBack,
  });
}

function ding(world: World, { body }: Call): Reply {
  const wrong = robotProblem(world, body);
  if (wrong !== null) return wrong;
  const { receiverUserIdList: receivers, remindType, content } = body;
  if (!Array.isArray(receivers) || ![1, 2, 3].includes(Number(remindType)))
    return apiError(400, "invalidParameter", "remindType or receiverUserIdList");
  const at = new Date(world.now());
  for (const userId of receivers.map(String)) {
    const to = { conversationId: null, userId };
    world.ledger.add({ ...to, text: String(content), via: "ding", mentions: [], at });
  }
  return ok({ openDingId: world.nextId("ding"), failedList: {} });
}

function recall({ body }: Call): Reply {
  return Array.isArray(body.processQueryKeys)
    ? ok({ successResult: body.processQueryKeys, failedResult: {} })
    : apiError(400, "invalidParameter.processQueryKeys", "processQueryKeys");
}

function download(world: World, { body }: Call): Reply {
  const wrong = robotProblem(world, body);
  if (wrong !== null) return wrong;
  const code = String(body.downloadCode ?? "");
  const file = world.files.get(code);
  if (file === undefined)
    return apiError(400, "invalidParameter.downloadCode", "downloadCode 无效");
  return ok({ downloadUrl: file.url ?? `${world.baseUrl()}/files/${encodeURIComponent(code)}` });
}

const robotProblem = (world: World, body: Record<string, unknown>): Reply | null =>
  body.robotCode === world.settings.robotCode
    ? null
    : apiError(400, "invalidParameter.robotCode", "robotCode 不存在");
