import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findCall } from "../../../db/queries/calls.ts";
import { callFormHtml } from "../../../services/print/call-form-html.ts";
import { callFormPdf } from "../../../services/print/call-form-pdf.ts";
import { readCallForm } from "../../../services/print/read-call-form.ts";
import { type Api, openApi } from "../../support/api.ts";
import {
  type Calls,
  callsBy,
  DISTRICT,
  MARKET,
  OFFICER,
  PRINCIPAL,
} from "../../support/api-calls.ts";

let api: Api;
let calls: Calls;
beforeAll(async () => {
  api = await openApi();
  calls = callsBy(api);
});
afterAll(() => api.close());

const formOf = async (no: string) => {
  const call = await findCall(api.database, no);
  if (call === null) throw new Error(no);
  return readCallForm(api.database, call, api.clock.now());
};
const factsOf = async (no: string) => Object.fromEntries((await formOf(no)).facts);
const isPdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 5)).toString() === "%PDF-";
/** For looking at: SHOTS=FOLDER. */
const show = (name: string, content: string | Uint8Array) => {
  if (process.env.SHOTS !== undefined) writeFileSync(`${process.env.SHOTS}/${name}`, content);
};

describe("the 呼叫单", () => {
  it("of a draft names what is called for and waits for the signature", async () => {
    const { no } = (await calls.draft()).body;
    const form = await formOf(no);
    expect(form.title).toBe("示例区“街呼区应”呼叫单");
    expect(await factsOf(no)).toMatchObject({
      呼叫街道: "望潮街道",
      呼叫类型: "复杂事项",
      事由: "滨河路夜市占道经营、油烟扰民反复",
      地点: "南塘农贸市场",
      报到时间: "2026年11月25日 14:30",
      街道联系人: "陈克勤 13800000016",
    });
    expect((await factsOf(no)).属地管理清单).toMatch(/^第\d+项 /);
    expect(form.departments.rows).toEqual([
      ["示例区综合行政执法局\n费长青 13800000006", "主体", "2人", "待派遣", "", "", ""],
      ["示例区市场监督管理局\n廉公平 13800000007", "配合", "2人", "待派遣", "", "", ""],
    ]);
    expect(form.signature).toBe("待签批");
  });

  it("of a call under way says who answered, who came, what is evidence and what was found", async () => {
    const no = await calls.dispatched();
    await calls.act(no, { action: "respond", headcount: 2 }, "zhifa-responder");
    await calls.act(no, { action: "checkIn", ...MARKET }, "zhifa-responder");
    await calls.act(no, { action: "checkIn" }, "shijian-responder");
    await calls.act(no, { action: "dispatch", departments: ["SLQ-HJ"] }, DISTRICT);
    await calls.act(no, { action: "release", deptCode: "SLQ-HJ" }, DISTRICT);
    await calls.act(
      no,
      { action: "findFault", deptCode: "SLQ-ZF", fault: "passiveResponse" },
      "district-supervisor",
    );
    const form = await formOf(no);
    expect(form.signature).toBe("王振邦 2026年11月25日 09:00");
    expect(form.departments.rows.map((row) => row.slice(3, 6))).toEqual([
      ["已响应\n11月25日09:00", "11月25日09:00\n准时 2人", "响应不作为(认定)"],
      ["已响应\n11月25日09:00", "自称11月25日09:00到\n待街道确认", ""],
      ["同意不响应", "", ""],
    ]);
  });

  it("of an emergency goes out before the signature and says so", async () => {
    const { no } = (
      await calls.draft({
        callType: "emergency",
        cause: "厂房彩钢瓦要掉",
        categories: [],
        reportAt: null,
      })
    ).body;
    expect((await formOf(no)).signature).toBe("突发:待补签");
    expect(await factsOf(no)).toMatchObject({ 呼叫类型: "突发事件", 报到时间: "立即" });
    await calls.act(no, { action: "approve" }, PRINCIPAL);
    expect((await formOf(no)).signature).toMatch(/^王振邦/);
  });

  it("shows markup as the text it is, and loads nothing", async () => {
    const { no } = (
      await calls.draft({ cause: `夜市占道油烟<script>alert("1")</script>整治 & 反复` })
    ).body;
    const html = callFormHtml(await formOf(no));
    expect(html).toContain(
      "夜市占道油烟&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;整治 &amp; 反复",
    );
    expect(html).not.toMatch(/<script|src=|href="http/);
  });

  it("becomes a PDF with its own signs, however long it is", async () => {
    const no = await calls.dispatched();
    for (const [dept, who] of [
      ["SLQ-ZF", "zhifa-responder"],
      ["SLQ-SJ", "shijian-responder"],
    ] as const) {
      await calls.act(no, { action: "respond", headcount: 2 }, who);
      await calls.act(no, { action: "checkIn", ...MARKET }, who);
      const note =
        dept === "SLQ-ZF" ? "拆除雨棚3处,清理占道摊位27个,立案2起" : "检查餐饮店11家,责令整改4家";
      await calls.act(no, { action: "complete", note }, who);
    }
    await calls.act(
      no,
      {
        action: "close",
        note: "夜市已恢复秩序,两部门到场及时,后续由街道每晚巡查。",
        scores: { "SLQ-ZF": 95, "SLQ-SJ": 90 },
      },
      OFFICER,
    );
    const form = await formOf(no);
    const pdf = await callFormPdf(form);
    expect(isPdf(pdf)).toBe(true);
    // The embedded part of an 8 MB font.
    expect(pdf.length).toBeLessThan(300_000);
    const text = Buffer.from(pdf).toString("latin1");
    expect(text).toMatch(/\/FontFile3?/);
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
    show("form.pdf", pdf);
    show("form.html", callFormHtml(form));

    const [row = []] = form.departments.rows;
    const long = await callFormPdf({
      ...form,
      closing: "情况说明。".repeat(400),
      departments: { ...form.departments, rows: Array.from({ length: 20 }, () => row) },
    });
    expect(
      Buffer.from(long)
        .toString("latin1")
        .match(/\/Type \/Page\b/g)?.length,
    ).toBeGreaterThan(2);
    show("long.pdf", long);
  });
});
