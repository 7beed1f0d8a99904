import { createHash, randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { reportIdOf } from "../../../db/queries/reports.ts";
import { realClock } from "../../clock.ts";
import { API_CHANNEL, senderOfApp, unknownSender } from "../../domain/api-sender.ts";
import type { IncomingMessage } from "../../domain/incoming.ts";
import { type Day, localDay } from "../../domain/time.ts";
import { minuteCounter } from "../../minute-counter.ts";
import { callerWith } from "../auth.ts";
import { cleanText, senderOf } from "../reporter.ts";
import { FORMATS, Open311Error, sendOpen311 } from "./answer.ts";
import { checkJurisdiction, type Fields, type Open311Deps } from "./open311.ts";
import { ATTRIBUTES, serviceOf } from "./services.ts";

/** What a field at most holds; the words of the specification say 4,000 characters for a description. */
const words = (most: number) =>
  z
    .string()
    .transform((text) => cleanText(text).trim())
    .pipe(z.string().max(most, { error: `is longer than ${most} characters. Shorten it.` }))
    .transform((text) => (text === "" ? undefined : text))
    .optional();
const degrees = (limit: number) =>
  z
    .string()
    .transform((text) => (text.trim() === "" ? undefined : Number(text)))
    .refine((value) => value === undefined || Math.abs(value) <= limit, {
      error: `is no number from -${limit} to ${limit}. Give WGS84 degrees.`,
    })
    .optional();

const PostedRequest = z.object({
  lat: degrees(90),
  long: degrees(180),
  address_string: words(200),
  address_id: words(100),
  description: words(4000),
  email: words(200),
  device_id: words(200),
  account_id: words(200),
  first_name: words(50),
  last_name: words(50),
  phone: words(30),
  media_url: words(1000),
});
type PostedRequest = z.infer<typeof PostedRequest>;

/**
 * POST service request. It goes the way of every report: stored, answered with a token, read by the bot.
 * The category is the one that was chosen, unless the words tell of somebody in danger.
 */
export function postRequestRoute(app: FastifyInstance, deps: Open311Deps): void {
  const failures = minuteCounter(deps.realClock ?? realClock);
  for (const format of FORMATS) {
    app.post(`/v2/requests.${format}`, { schema: { hide: true } }, async (request, reply) => {
      const fields = (request.body ?? {}) as Fields;
      checkJurisdiction(fields.jurisdiction_id, deps.jurisdiction);
      await checkKey(fields.api_key, request);
      const service = await serviceOf(deps, fields.service_code);
      const posted = postedRequest(fields);
      const message = await toIncoming(posted, fields, service, deps);
      await deps.store(message);
      const token = await reportIdOf(deps.database, message.channel, message.dedupeKey);
      if (token === null) throw new Error("A request was stored and is not in the inbox.");
      return sendOpen311(reply.code(201), format, { root: "service_requests", item: "request" }, [
        {
          token,
          service_notice: "已收到。用 tokens 查询事件编号,用 requests 查询进展。",
          account_id: posted.account_id ?? null,
        },
      ]);
    });
  }

  async function checkKey(key: string | undefined, request: FastifyRequest): Promise<void> {
    if (failures.waitSeconds(request.ip) > 0)
      throw new Open311Error(403, "Too many wrong api_keys. Try again in a minute.");
    if (key !== undefined && key !== "" && (await callerWith(deps, key)) !== null) return;
    failures.note(request.ip);
    throw new Open311Error(
      403,
      key === undefined || key === ""
        ? "api_key was not provided. Ask the district for one."
        : "api_key is not valid. Ask the district for another.",
    );
  }
}

function postedRequest(fields: Fields): PostedRequest {
  const read = PostedRequest.safeParse(fields);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Open311Error(400, `${issue?.path.join(".")} ${issue?.message}`);
  }
  const { lat, long, address_string, address_id } = read.data;
  if ((lat === undefined) !== (long === undefined))
    throw new Open311Error(400, "lat and long belong together. Give both, or address_string.");
  if (lat === undefined && address_string === undefined && address_id === undefined)
    throw new Open311Error(400, "No location. Give lat and long, address_string or address_id.");
  return read.data;
}

async function toIncoming(
  posted: PostedRequest,
  fields: Fields,
  service: { slug: string; name: string },
  { clock, database }: Open311Deps,
): Promise<IncomingMessage> {
  const name = [posted.last_name, posted.first_name].filter((part) => part !== undefined).join("");
  const phone = posted.phone ?? null;
  const dedupeKey = `open311:${repeatOf(fields, localDay(clock.now())) ?? randomUUID()}`;
  const known = posted.account_id ?? posted.device_id ?? posted.email;
  const platformUserId =
    known !== undefined
      ? senderOfApp("app", known)
      : ((await senderOf(phone ?? undefined, "app", database)) ?? unknownSender(dedupeKey));
  return {
    channel: API_CHANNEL,
    dedupeKey,
    conversation: { id: `private:${platformUserId}`, type: "private", title: null },
    sender: { platformUserId, nick: null },
    sentAt: clock.now(),
    text: textOf(posted, fields, service.name),
    attachments: [],
    location:
      posted.lat === undefined || posted.long === undefined
        ? null
        : { lng: posted.long, lat: posted.lat },
    reply: null,
    unsupported: null,
    source: "app",
    onBehalfOf: name === "" && phone === null ? null : { name: name === "" ? null : name, phone },
    placeHint: posted.address_string ?? posted.address_id ?? null,
    chosenCategory: service.slug,
  };
}

/** The words of the reporter, with the attributes that were filled in; at least what was chosen. */
function textOf(posted: PostedRequest, fields: Fields, name: string): string {
  const attributes = ATTRIBUTES.flatMap(({ code, description }) => {
    const value = cleanText(fields[`attribute[${code}]`] ?? "").trim();
    return value === "" ? [] : [`${description}:${value.slice(0, 200)}`];
  });
  const picture = posted.media_url === undefined ? [] : [`图片:${posted.media_url}`];
  return [posted.description ?? name, ...attributes, ...picture].join("\n");
}

/** An app that sends the same request again within a day, for want of an answer, reports once. */
function repeatOf(fields: Fields, day: Day): string | null {
  const { api_key: _key, ...told } = fields;
  if ((told.account_id ?? told.device_id ?? told.email ?? told.phone ?? "") === "") return null;
  const canonical = JSON.stringify(Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash("sha256").update(`${day}${canonical}`).digest("hex");
}
