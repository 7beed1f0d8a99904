import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Everything that is counted, with its labels. Labels carry no ids and no words: their values are few. */
const COUNTERS = {
  yihu_messages_total: {
    help: "Incoming messages by outcome: stored, seenBefore, handled, failed",
    labels: ["outcome"],
  },
  yihu_outbox_total: {
    help: "Outgoing messages by outcome: sent, retry, refused",
    labels: ["outcome"],
  },
  dingtalk_api_calls_total: {
    help: "Calls of DingTalk's OpenAPI and of session webhooks, by api and outcome",
    labels: ["api", "outcome"],
  },
  dingtalk_frames_total: { help: "DingTalk frames by outcome", labels: ["outcome"] },
  dingtalk_connections_total: {
    help: "Attempts to connect to DingTalk by outcome",
    labels: ["outcome"],
  },
  tencent_api_calls_total: {
    help: "Calls of the WeChat and WeCom APIs, by channel, api and outcome",
    labels: ["channel", "api", "outcome"],
  },
  yihu_alarms_total: {
    help: "Alarms that sources sent, by kind and outcome: raised, joined, repeated, or why they were refused",
    labels: ["kind", "outcome"],
  },
  tencent_callbacks_total: {
    help: "Callbacks of WeChat and WeCom by channel and outcome: taken, or why they were refused",
    labels: ["channel", "outcome"],
  },
} as const;
export type CounterName = keyof typeof COUNTERS;

const GAUGES = {
  yihu_database_up: "1 while the database answers",
  yihu_inbox_pending: "Messages that are stored and not handled yet",
  yihu_outbox_pending: "Messages that could go out now and have not",
  yihu_outbox_oldest_age_seconds: "How long the oldest of them has been waiting, in product time",
  yihu_reminders_late_seconds: "How long the longest waiting reminder is overdue, in product time",
} as const;
export type GaugeName = keyof typeof GAUGES;

/** Up to the 30 s after which an answer is given up. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface Metrics {
  count(name: CounterName, labels: Readonly<Record<string, string>>): void;
  set(name: GaugeName, value: number): void;
  observeRequest(
    labels: Readonly<{ method: string; route: string; status: number }>,
    seconds: number,
  ): void;
  readonly contentType: string;
  /** the Prometheus exposition */
  text(): Promise<string>;
}

/** A registry of its own, so that two products in one process do not count into each other. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = new Map<CounterName, Counter>();
  for (const name of Object.keys(COUNTERS) as CounterName[]) {
    const { help, labels } = COUNTERS[name];
    counters.set(name, new Counter({ name, help, labelNames: [...labels], registers: [registry] }));
  }
  const gauges = new Map<GaugeName, Gauge>();
  for (const name of Object.keys(GAUGES) as GaugeName[]) {
    gauges.set(name, new Gauge({ name, help: GAUGES[name], registers: [registry] }));
  }
  const requests = new Histogram({
    name: "yihu_http_request_duration_seconds",
    help: "Time from a request's arrival to its answer, by method, route and status",
    labelNames: ["method", "route", "status"],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  return {
    count: (name, labels) => counters.get(name)?.inc({ ...labels }),
    set: (name, value) => gauges.get(name)?.set(value),
    observeRequest: (labels, seconds) => requests.observe({ ...labels }, seconds),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
