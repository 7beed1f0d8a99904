import { guarded } from "./api-routes.ts";
import { apiError, type Call, ok, type Reply, type Routes } from "./http-exchange.ts";
import type { Card, World } from "./world.ts";

/** Interactive cards. One `outTrackId` is one card for ever. */
export function cardRoutes(world: World): Routes {
  return {
    "POST /v1.0/card/instances": guarded(world, (call) => {
      const card = create(world, call);
      return "status" in card || "fails" in card
        ? card
        : ok({ success: true, result: card.outTrackId });
    }),
    "POST /v1.0/card/instances/deliver": guarded(world, ({ body }) => {
      const card = world.cards.get(String(body.outTrackId));
      return card === undefined
        ? apiError(400, "param.cardNotExist", "card")
        : deliver(world, card, body);
    }),
    "POST /v1.0/card/instances/createAndDeliver": guarded(world, (call) => {
      const card = create(world, call);
      return "status" in card || "fails" in card ? card : deliver(world, card, call.body);
    }),
    "PUT /v1.0/card/instances": guarded(world, (call) => update(world, call)),
    "PUT /v1.0/card/streaming": guarded(world, ({ body }) => {
      const card = world.cards.get(String(body.outTrackId));
      if (card === undefined) return apiError(400, "param.cardNotExist", "card");
      if (typeof body.guid !== "string" || typeof body.key !== "string") {
        return apiError(400, "param.invalid", "guid, key");
      }
      const before = body.isFull === true ? "" : (card.cardParamMap[body.key] ?? "");
      card.cardParamMap[body.key] = before + String(body.content ?? "");
      return ok({ success: true, result: true });
    }),
  };
}

function create(world: World, { body }: Call): Card | Reply {
  const outTrackId = body.outTrackId;
  if (typeof outTrackId !== "string" || outTrackId === "") {
    return apiError(400, "param.outTrackIdEmpty", "outTrackId");
  }
  if (typeof body.cardTemplateId !== "string") {
    return apiError(400, "param.cardTemplateIdEmpty", "cardTemplateId");
  }
  const cardParamMap = paramsOf(body.cardData);
  if (cardParamMap === null) return apiError(400, "param.invalid", "card values must be strings");
  // Reusing an outTrackId has no effect: the first card stays.
  const known = world.cards.get(outTrackId);
  if (known !== undefined) return known;
  const callbackType = typeof body.callbackType === "string" ? body.callbackType : null;
  const card: Card = { outTrackId, cardParamMap, privateData: {}, spaces: [], callbackType };
  world.cards.set(outTrackId, card);
  return card;
}

const SPACE = /^dtv1\.card\/\/(IM_GROUP|IM_ROBOT|ONE_BOX)\.(.+)$/;

function deliver(world: World, card: Card, body: Record<string, unknown>): Reply {
  const spaces = String(body.openSpaceId ?? "").split(";");
  if (spaces.some((space) => !SPACE.test(space))) {
    return apiError(400, "param.openSpaceIdInvalid", "openSpaceId");
  }
  const deliverResults = spaces.map((spaceId) => {
    const [, spaceType = "", id = ""] = SPACE.exec(spaceId) ?? [];
    const isPerson = spaceType === "IM_ROBOT";
    const success = isPerson || world.groups.has(id);
    if (success && !card.spaces.includes(spaceId)) {
      card.spaces.push(spaceId);
      world.ledger.add({
        conversationId: isPerson ? null : id,
        userId: isPerson ? id : null,
        text: Object.values(card.cardParamMap).join("\n"),
        via: "card",
        mentions: [],
        at: new Date(world.now()),
      });
    }
    const errorMsg = success ? "" : "SYSTEM_ERROR";
    return { spaceType, spaceId, success, carrierId: world.nextId("carrier"), errorMsg };
  });
  return ok({ success: true, result: { outTrackId: card.outTrackId, deliverResults } });
}

function update(world: World, { body }: Call): Reply {
  const card = world.cards.get(String(body.outTrackId));
  if (card === undefined) return apiError(400, "param.cardNotExist", "card");
  const params = paramsOf(body.cardData);
  if (params === null) return apiError(400, "param.invalid", "card values must be strings");
  const options = body.cardUpdateOptions as Record<string, unknown> | undefined;
  card.cardParamMap =
    options?.updateCardDataByKey === true ? { ...card.cardParamMap, ...params } : params;
  const personal = Object.entries((body.privateData ?? {}) as Record<string, unknown>);
  for (const [userId, data] of personal) card.privateData[userId] = paramsOf(data) ?? {};
  return ok({ success: true, result: true });
}

const MOST_KEY_BYTES = 100;

function paramsOf(data: unknown): Record<string, string> | null {
  const map = (data as { cardParamMap?: unknown } | undefined)?.cardParamMap ?? {};
  const entries = Object.entries(map as Record<string, unknown>);
  const fits = ([key, value]: [string, unknown]) =>
    typeof value === "string" && Buffer.byteLength(key) <= MOST_KEY_BYTES;
  return entries.every(fits) ? (Object.fromEntries(entries) as Record<string, string>) : null;
}
