import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, openApi } from "../../support/api.ts";
import { anOrder, feed } from "../../support/hotline.ts";
import { ELSEWHERE, PEOPLE } from "../../support/roles.ts";

let api: Api;
let event: string;
const ORDER = anOrder();
const PHONE = ORDER.来电号码 ?? "";
const NAME = ORDER.来电人 ?? "";

beforeAll(async () => {
  api = await openApi();
  event = (await api.event({ summary: "垃圾桶满了" })).row.no;
  await feed(api, [ORDER]);
  await api.database.rows(sql`update hotline_orders set event_no = ${event}`);
});
afterAll(() => api.close());

type Seen = "shown" | "masked" | "hidden" | "refused";
/** Who reported and in which words (event); who rang (order, its list; order, one of them). */
const TABLE: Record<string, readonly [event: Seen, list: Seen, order: Seen]> = {
  gridWorker: ["shown", "refused", "refused"],
  gridLeader: ["shown", "refused", "refused"],
  gridMentor: ["shown", "refused", "refused"],
  dispatcher: ["shown", "masked", "shown"],
  stationOfficer: ["refused", "refused", "refused"],
  streetOfficer: ["hidden", "refused", "refused"],
  streetPrincipal: ["hidden", "refused", "refused"],
  districtDispatcher: ["shown", "masked", "shown"],
  responder: ["refused", "refused", "refused"],
  supervisor: ["shown", "refused", "refused"],
  followUpAgent: ["shown", "refused", "refused"],
  admin: ["shown", "masked", "shown"],
  ...Object.fromEntries(
    Object.keys(ELSEWHERE).map((role) => [role, ["refused", "refused", "refused"] as const]),
  ),
  // A street's command room asks for orders too, and sees its own street's alone.
  dispatcherElsewhere: ["refused", "hidden", "refused"],
};

async function seen(url: string, who: string, secret: RegExp, mask: RegExp): Promise<Seen> {
  const answer = await api.app.inject({
    url,
    headers: { authorization: `Bearer ${await api.tokenOf(who)}` },
  });
  if (answer.statusCode !== 200) return "refused";
  if (secret.test(answer.body)) return "shown";
  return mask.test(answer.body) ? "masked" : "hidden";
}

it("shows who reported and who rang to those who need it, and masks it for those who only look on", async () => {
  const found: typeof TABLE = {};
  for (const [role, who] of Object.entries({ ...PEOPLE, ...ELSEWHERE }))
    found[role] = [
      await seen(`/api/events/${event}`, who, /"words":"[^"]+"/, /never/),
      await seen(
        "/api/hotline/hotline12345/orders",
        who,
        new RegExp(`${PHONE}|${NAME}`),
        /138\*{4}0001/,
      ),
      await seen(
        `/api/hotline/hotline12345/orders/${ORDER.工单编号}`,
        who,
        new RegExp(PHONE),
        /\*{4}/,
      ),
    ];
  expect(found).toEqual(TABLE);
  const looks = await api.database.rows<{ count: number }>(
    sql`select count(*)::int as count from audit where action = 'readPersonalData' and outcome = 'done'`,
  );
  const shown = Object.values(TABLE).flatMap(([ofEvent, , ofOrder]) => [ofEvent, ofOrder]);
  expect(looks[0]?.count).toBe(shown.filter((one) => one === "shown").length);
});
