import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../../db/client.ts";
import type { IncomingMessage } from "../../../../services/domain/incoming.ts";
import { emptyDatabase, testDatabase } from "../../../support/database.ts";
import { type Kf, startKf } from "../../../support/tencent/kf.ts";
import { sealedCall, xmlOf } from "../../../support/tencent/sealing.ts";
import { error, postCallback } from "../../../support/tencent/server.ts";
import { openKf } from "../called-stage.ts";
import { until } from "../dingtalk/open-channel.ts";

let database: Database;
let kf: Kf;
let opened: Awaited<ReturnType<typeof openKf>>;
let stored: IncomingMessage[];
let failing: number;

beforeAll(async () => {
  ({ database } = await testDatabase());
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(database);
  stored = [];
  failing = 0;
  kf = await startKf({ page: 2 });
  opened = await open();
});
afterEach(async () => {
  await opened.channel.stop();
  await opened.close();
  await kf.stop();
});

const open = () =>
  openKf(kf, database, async (message) => {
    if (failing > 0) {
      failing -= 1;
      throw new Error("the database is gone");
    }
    if (stored.some((one) => one.dedupeKey === message.dedupeKey)) return "seenBefore";
    stored.push(message);
    return "stored";
  });
const texts = () => stored.map((message) => message.text);

describe("微信客服", () => {
  it("fetches everything since the cursor, page by page, and nothing twice", async () => {
    const zhang = kf.customer("wmZhang");
    for (const text of ["一", "二", "三", "四"]) zhang.saysUnheard(text);
    await (await zhang.says("五")).answered;
    expect(texts()).toEqual(["一", "二", "三", "四", "五"]);
    await (await zhang.says("六")).answered;
    expect(texts()).toEqual(["一", "二", "三", "四", "五", "六"]);
    // Three pages for the first call, one for the second.
    expect(kf.api.calls("/cgi-bin/kf/sync_msg")).toHaveLength(4);
  });

  it("loses nothing that failed in the middle, whether here or there", async () => {
    const zhang = kf.customer("wmZhang");
    zhang.saysUnheard("一");
    failing = 1;
    const push = await zhang.says("二");
    expect((await push.answered)?.status).toBe(500);
    kf.api.next("/cgi-bin/kf/sync_msg", error(-1, "system busy"));
    expect((await (await push.again()).answered)?.status).toBe(500);
    expect((await (await push.again()).answered)?.status).toBe(200);
    expect(texts()).toEqual(["一", "二"]);
  });

  it("fetches at its start what came while nobody listened", async () => {
    const zhang = kf.customer("wmZhang");
    await (await zhang.says("一")).answered;
    await opened.channel.stop();
    await opened.close();
    zhang.saysUnheard("二");
    opened = await open();
    await until(() => stored.length === 2, "what came meanwhile");
    expect(texts()).toEqual(["一", "二"]);
  });

  it("welcomes who opens the chat from a grid's code, and knows where they are from then on", async () => {
    const zhang = kf.customer("wmZhang");
    await (await zhang.enters({ scene_param: "grid%3ASLQ-WC-NT-1" })).answered;
    const [arrival] = stored;
    expect(arrival).toMatchObject({ arrived: true, gridCode: "SLQ-WC-NT-1" });
    const sent = await opened.channel.send({
      key: "welcome",
      to: { type: "person", platformUserId: `wmZhang@${kf.openKfId}` },
      text: "您好",
      reply: arrival?.reply ?? null,
      mentions: [],
      priority: "direct",
    });
    expect(sent.outcome).toBe("sent");
    expect(kf.sent()).toMatchObject([{ userId: "wmZhang", text: "您好", via: "welcome" }]);
    await (await zhang.says("楼道灯坏了")).answered;
    expect(stored[1]).toMatchObject({ text: "楼道灯坏了", gridCode: "SLQ-WC-NT-1" });
  });

  it("asks for nothing because of a forged call", async () => {
    const xml = xmlOf({
      MsgType: "event",
      Event: "kf_msg_or_event",
      Token: "t",
      OpenKfId: "wkYihu",
    });
    const forged = sealedCall({ ...kf.keys, token: "guess" }, xml);
    const url = `${opened.url}/callbacks/wechat-kf`;
    expect((await postCallback(url, forged.query, forged.body))?.status).toBe(403);
    expect(kf.api.calls("/cgi-bin/kf/sync_msg")).toHaveLength(0);
  });
});
