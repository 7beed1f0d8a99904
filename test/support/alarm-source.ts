import { createHmac } from "node:crypto";
import { realClock } from "../../services/clock.ts";
import type { Answer, Api } from "./api.ts";

export interface SentAlarm {
  kind?: string;
  device?: string;
  [field: string]: unknown;
}

/** How a message is sent, where it is not sent as it should be. */
export interface Sending {
  id?: string;
  seconds?: number;
  secret?: string;
  source?: string;
  /** of the body as it was signed */
  change?: (body: string) => string;
  signature?: string;
}

/** A system that tells of alarms, as it signs by the documents of Standard Webhooks. */
export interface TestSource {
  id: string;
  secret: string;
  send(alarm: SentAlarm, how?: Sending): Promise<Answer>;
}

let sent = 0;

export async function alarmSource(api: Api, wanted: object = {}): Promise<TestSource> {
  const made = await api.post("/api/alarm-sources", {
    name: "城管视频平台",
    kinds: ["litter", "outsideShop", "vendor", "parking", "electricity", "smoke", "waterLevel"],
    ...wanted,
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const source = { id: String(made.body.id), secret: String(made.body.secret) };
  return {
    ...source,
    async send(alarm, how = {}) {
      const body = JSON.stringify({ kind: "litter", device: "C-102", ...alarm });
      const id = how.id ?? `message-${++sent}`;
      const seconds =
        how.seconds ?? Math.floor((api.deps.realClock ?? realClock).now().getTime() / 1000);
      const key = Buffer.from((how.secret ?? source.secret).slice("whsec_".length), "base64");
      const signature = createHmac("sha256", key)
        .update(`${id}.${seconds}.${body}`)
        .digest("base64");
      const response = await api.app.inject({
        method: "POST",
        url: "/api/alarms",
        headers: {
          "content-type": "application/json",
          "alarm-source": how.source ?? source.id,
          "webhook-id": id,
          "webhook-timestamp": String(seconds),
          "webhook-signature": how.signature ?? `v1,${signature}`,
        },
        payload: how.change === undefined ? body : how.change(body),
      });
      return {
        status: response.statusCode,
        headers: response.headers,
        body: response.json(),
      };
    },
  };
}
