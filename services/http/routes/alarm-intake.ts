import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { type AlarmSource, findAlarmSource } from "../../../db/queries/alarm-sources.ts";
import { readCheckInPhoto } from "../../check-in-photo.ts";
import { realClock } from "../../clock.ts";
import { personalField } from "../../domain/alarm-privacy.ts";
import { maskPersonalData } from "../../domain/masking.ts";
import { DAY_MS, MINUTE_MS } from "../../domain/time.ts";
import { openLine } from "../../in-line.ts";
import { inTransaction } from "../../in-transaction.ts";
import { readSignedHead, signatureProblem } from "../../webhook-signature.ts";
import { type AlarmTaken, takeAlarm } from "../../workflows/take-alarm.ts";
import { AlarmBody, MOST_ALARM_BYTES, MOST_PICTURE_BYTES } from "../alarm-body.ts";
import type { AppDeps } from "../app.ts";
import { inRegistry } from "../press.ts";
import { type ProblemSaid, problems, sendProblem } from "../problem.ts";

/** A camera sends one after the other; more than this at once comes from none that is in order. */
const MOST_WAITING = 500;
const RETRY_AFTER_S = 5;

type Refused = { ok: false; outcome: string; problem: ProblemSaid };
type Read<Value> = { ok: true; value: Value } | Refused;
/** Signed, and so by a source that is known here. */
interface Signed {
  source: AlarmSource;
  messageId: string;
  bytes: Buffer;
}

/**
 * What devices tell, by the systems that are registered for it. No token: each message is signed by its
 * source (Standard Webhooks). Nothing of it is read before the signature was found good.
 */
export function alarmIntakeRoute(plain: FastifyInstance, deps: AppDeps): void {
  const { database, office, metrics, attachments, clock, config } = deps;
  const wallClock = deps.realClock ?? realClock;
  // Each waits for the one before it anyway: waiting here, a storm holds one connection and not all.
  const line = openLine(MOST_WAITING);

  plain.register(async (alarms) => {
    // The signature is over the bytes as they came.
    alarms.removeAllContentTypeParsers();
    alarms.addContentTypeParser(
      "*",
      { parseAs: "buffer", bodyLimit: MOST_ALARM_BYTES },
      (_request, body, done) => done(null, body),
    );
    alarms.withTypeProvider<ZodTypeProvider>().post(
      "/api/alarms",
      {
        bodyLimit: MOST_ALARM_BYTES,
        // Read by hand, after the signature.
        validatorCompiler: () => (value) => ({ value }),
        schema: {
          tags: ["alarms"],
          summary:
            "An alarm of a device, signed by its source; a person confirms it before it counts",
          security: [],
          headers: z.looseObject({
            "alarm-source": z.uuid().describe("the id that POST /api/alarm-sources gave"),
            "webhook-id": z.string().describe("of this alarm: the same twice is one"),
            "webhook-timestamp": z
              .string()
              .describe("Unix seconds of the sending, at most 5 minutes from ours"),
            "webhook-signature": z
              .string()
              .describe("`v1,` and the HMAC-SHA256 of `id.timestamp.body`, base64"),
          }),
          body: AlarmBody,
          response: {
            200: Taken.describe("counted to an alarm that is there, or taken before"),
            201: Taken.describe("a new alarm; the command room is told"),
            ...problems(400, 401, 403, 409, 413, 415, 422, 503),
          },
        },
      },
      async (request, reply) => {
        const signed = await readSigned(request);
        if (!signed.ok) return refuse(signed, "unknown");
        const body = readBody(signed.value);
        if (!body.ok) return refuse(body, "unknown");
        const { kind } = body.value;
        const picture = await keepPicture(body.value.picture);
        if (!picture.ok) return refuse(picture, kind);
        const taken = await line.run(() => take(signed.value, body.value, picture.value));
        if (taken === null) {
          reply.header("retry-after", String(RETRY_AFTER_S));
          return refuse(BUSY, kind);
        }
        const problem = PROBLEMS[taken.outcome];
        if (problem !== undefined)
          return refuse({ ok: false, outcome: taken.outcome, problem }, kind);
        metrics.count("yihu_alarms_total", { kind, outcome: taken.outcome });
        return reply.code(taken.outcome === "raised" ? 201 : 200).send(Taken.parse(taken));

        function refuse({ outcome, problem: said }: Refused, ofKind: string) {
          metrics.count("yihu_alarms_total", { kind: ofKind, outcome });
          return sendProblem(request, reply, said);
        }
      },
    );
  });

  async function readSigned(request: FastifyRequest): Promise<Read<Signed>> {
    const sourceId = z.uuid().safeParse(request.headers["alarm-source"]);
    const head = readSignedHead(request.headers);
    const now = wallClock.now();
    const bytes = request.body;
    if (!sourceId.success || head === null || !Buffer.isBuffer(bytes)) return UNSIGNED;
    const source = await findAlarmSource(database, sourceId.data);
    if (source === null) return FORGED;
    const { secret, formerSecret, formerUntil } = source;
    const isFormerGood = formerSecret !== null && formerUntil !== null && now < formerUntil;
    const secrets = isFormerGood ? [secret, formerSecret] : [secret];
    const problem = signatureProblem(secrets, head, bytes, now);
    if (problem !== null) return problem === "stale" ? STALE : FORGED;
    return { ok: true, value: { source, messageId: head.id, bytes } };
  }

  function readBody({ source, bytes }: Signed): Read<AlarmBody> {
    const json = parsed(bytes);
    const personal = personalField(json);
    if (personal !== null) return aboutPersons(personal);
    const body = AlarmBody.safeParse(json);
    if (!body.success) return unfit(body.error);
    const { kind, at, lng, lat } = body.data;
    if (!source.kinds.includes(kind)) return NOT_ITS_KIND;
    if ((lng === undefined) !== (lat === undefined)) return HALF_A_POSITION;
    const now = clock.now().getTime();
    if (at !== undefined && (at.getTime() > now + 5 * MINUTE_MS || at.getTime() < now - DAY_MS))
      return WRONG_TIME;
    return { ok: true, value: body.data };
  }

  async function keepPicture(
    text: string | undefined,
  ): Promise<Read<{ path: string; mime: string } | null>> {
    if (text === undefined) return { ok: true, value: null };
    const read = await readCheckInPhoto(text);
    if (!read.ok) return noPicture(read.reason);
    if (read.bytes.length > MOST_PICTURE_BYTES) return noPicture("图片超过 2 MB,没有保存");
    const { path } = await attachments.keep(read.bytes, read.extension);
    return { ok: true, value: { path, mime: read.mime } };
  }

  function take(
    { source, messageId, bytes }: Signed,
    body: AlarmBody,
    picture: { path: string; mime: string } | null,
  ): Promise<AlarmTaken> {
    const { lng, lat } = inRegistry(body, body.datum, config.registryDatum);
    return inTransaction(database, (tx) =>
      takeAlarm(tx, office, source, {
        messageId,
        digest: createHash("sha256").update(bytes).digest("hex"),
        kind: body.kind,
        device: body.device,
        at: body.at ?? null,
        place: body.place === undefined ? null : maskPersonalData(body.place),
        position: lng === undefined || lat === undefined ? null : { lng, lat },
        reading: body.reading ?? null,
        picture,
      }),
    );
  }
}

const Taken = z.object({
  no: z.string(),
  outcome: z
    .enum(["raised", "joined", "repeated"])
    .describe("joined: counted to an alarm that is there; repeated: this message was taken before"),
});

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

const refusal = (
  status: number,
  code: string,
  title: string,
  detail: string,
  errors?: ProblemSaid["errors"],
): Refused => ({
  ok: false,
  outcome: code,
  problem: { status, code, title, detail, ...(errors === undefined ? {} : { errors }) },
});

const UNSIGNED = refusal(
  401,
  "signatureMissing",
  "The alarm is not signed",
  "告警要带请求头 alarm-source、webhook-id、webhook-timestamp、webhook-signature(Standard Webhooks)。请按 /api/docs 签名后重发。",
);
const STALE = refusal(
  401,
  "signatureStale",
  "The signed moment is too far from now",
  "webhook-timestamp 与本机时间相差超过 5 分钟,没有接收。请校准时间,用现在的时间重新签名后再发。",
);
const FORGED = refusal(
  401,
  "signatureInvalid",
  "The signature is not of this source",
  "签名不对,或这个告警来源已停用,没有接收。请核对 alarm-source 和密钥;密钥由管理员换发。",
);
const BUSY = refusal(
  503,
  "busy",
  "Too many alarms at once",
  "告警一下子来得太多,这一条没有接收。请稍后用同一个 webhook-id 重发。",
);
const NOT_ITS_KIND = refusal(
  403,
  "notItsKind",
  "This source does not tell of such alarms",
  "这个来源没有登记这类告警。请管理员用 POST /api/alarm-sources 重新登记。",
);
const HALF_A_POSITION = refusal(
  422,
  "invalidValue",
  "Half a position",
  "lng 和 lat 要一起给,或都不给。请补全。",
);
const WRONG_TIME = refusal(
  422,
  "invalidValue",
  "The moment is not now",
  "at 在一天之前或在将来,没有接收。请校准设备时间。",
);
const noPicture = (reason: string) =>
  refusal(
    422,
    "notAPicture",
    "Not a picture that is taken here",
    `${reason}。请换一张,或不带图片。`,
  );

const aboutPersons = (field: string) =>
  refusal(
    422,
    "personalData",
    "Alarms tell of places, not of persons",
    `告警里不能有人脸、车牌、身份或轨迹(字段「${field}」)。本系统不做人脸识别,也不追踪人,没有接收。请去掉后重发。`,
    [{ field: `body.${field}`, message: "about a person" }],
  );

function unfit({ issues }: z.ZodError) {
  const errors = issues.map((issue) => ({
    field: ["body", ...issue.path.map(String)].join("."),
    message: issue.message,
  }));
  const [first] = errors;
  return refusal(
    400,
    "invalidRequest",
    "The request does not fit",
    `请求不合要求:${first?.field} ${first?.message}。请对照 /api/docs 改正后重发。`,
    errors,
  );
}

const PROBLEMS: Partial<Record<AlarmTaken["outcome"], ProblemSaid>> = {
  idUsed: refusal(
    409,
    "idUsed",
    "Another alarm had this id",
    "这个 webhook-id 已用于另一条告警,没有接收。每条告警请用自己的编号;重发同一条时内容不要改。",
  ).problem,
  placeUnknown: refusal(
    422,
    "placeUnknown",
    "Nobody knows where that is",
    "不知道这台设备在哪里,没有接收。请把它写进 devices.csv,或在告警里带 place 或 lng、lat。",
  ).problem,
  outsideReach: refusal(
    403,
    "outsideReach",
    "Outside of where this source may tell of alarms",
    "地点不在这个来源登记的街道、网格内,没有接收。请核对设备的网格,或请管理员重新登记来源。",
  ).problem,
};
