/** What the channel counts; `/metrics` turns each name into a Prometheus counter. */
export const COUNTERS = {
  /** every call of the OpenAPI and of session webhooks, by `api` and `outcome`; the monthly quota is small */
  apiCalls: "dingtalk_api_calls_total",
  /** every frame that carries something, by `outcome` */
  frames: "dingtalk_frames_total",
  /** every attempt to open a connection, by `outcome` */
  connections: "dingtalk_connections_total",
} as const;

export type CounterName = (typeof COUNTERS)[keyof typeof COUNTERS];

/** Labels carry no ids and no words: their values are few. */
export interface Meter {
  count(name: CounterName, labels: Readonly<Record<string, string>>): void;
}

export const noMeter: Meter = { count: () => {} };
