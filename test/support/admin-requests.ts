const file = { files: [{ name: "orgs.csv", content: "eA==" }] };

export type Asked = [method: "GET" | "POST" | "PUT" | "DELETE", url: string, body?: object];

/** Every route of the administration, with a request that reads well. */
export const ADMIN_REQUESTS: readonly Asked[] = [
  ["GET", "/api/registry"],
  ["POST", "/api/registry/preview", file],
  ["POST", "/api/registry/imports", file],
  ["GET", "/api/registry/export"],
  ["GET", "/api/calendar/2026"],
  ["PUT", "/api/calendar/days/2026-11-26", { kind: "holiday", reason: "x" }],
  ["GET", "/api/limits"],
  ["PUT", "/api/limits/verify", { limit: { amount: 2, unit: "workdays" }, reason: "x" }],
  ["GET", "/api/classifiers"],
  ["PUT", "/api/classifiers/in-use", { version: null }],
  ["GET", "/api/prompts"],
  ["GET", "/api/disagreements"],
  ["GET", "/api/disagreements/lines"],
  ["POST", "/api/routing/trial", { text: "垃圾桶满了" }],
  ["GET", "/api/groups"],
  ["PUT", "/api/groups/dingtalk/cid-x", { name: "x", kind: "work", orgCode: "SLQ-WC" }],
  ["DELETE", "/api/groups/dingtalk/cid-x"],
  ["PUT", "/api/people/nantang1-worker/dingtalk-user-id", { userId: "u1" }],
  ["GET", "/api/responsibility"],
  ["GET", "/api/responsibility/differences?before=1&after=1"],
  [
    "PUT",
    "/api/responsibility/1",
    {
      name: "x",
      headcount: 1,
      respondMinutes: 60,
      arriveMinutes: 60,
      completeWorkdays: 1,
      reason: "x",
    },
  ],
  ["GET", "/api/retention"],
  ["GET", "/api/retention/runs"],
  ["GET", "/api/privacy/subject?channel=sandbox&platformUserId=x"],
  ["GET", "/api/webhooks"],
  ["POST", "/api/webhooks", { url: "https://city.example/hook" }],
  ["GET", "/api/alarm-sources"],
  ["POST", "/api/alarm-sources", { name: "x", kinds: ["litter"] }],
];

const NOBODYS = "00000000-0000-4000-8000-000000000000";

/** Those that ask about something by an id, with an id that nobody has. */
export const ADMIN_REQUESTS_ABOUT_NOTHING: readonly Asked[] = [
  ["GET", `/api/webhooks/${NOBODYS}/deliveries`],
  ["DELETE", `/api/webhooks/${NOBODYS}`],
  ["POST", `/api/webhooks/${NOBODYS}/replay`, { since: "2026-11-25" }],
  ["GET", `/api/alarm-sources/${NOBODYS}/devices`],
  ["POST", `/api/alarm-sources/${NOBODYS}/secret`, {}],
  ["DELETE", `/api/alarm-sources/${NOBODYS}`],
];
