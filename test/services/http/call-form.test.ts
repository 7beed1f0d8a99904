import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, openApi } from "../../support/api.ts";
import { callsBy, OFFICER } from "../../support/api-calls.ts";

let api: Api;
let no: string;
beforeAll(async () => {
  api = await openApi();
  no = await callsBy(api).dispatched();
});
afterAll(() => api.close());

const bare = (url: string) => api.app.inject({ url });

describe("the printed form over HTTP", () => {
  it("is for whoever may see the call", async () => {
    const page = await api.get(`/api/call-tickets/${no}/form`, OFFICER);
    expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.body).toContain("示例区“街呼区应”呼叫单");
    expect(page.headers["content-security-policy"]).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect((await api.get(`/api/call-tickets/${no}/form`, "liuan-officer-1")).status).toBe(404);
    expect((await api.get(`/api/call-tickets/${no}/form`, null)).status).toBe(401);
    expect((await api.get("/api/call-tickets/HJ20261125-999/form")).status).toBe(404);
  });

  it("is a PDF under its own name", async () => {
    const token = await api.tokenOf("zhifa-responder");
    const pdf = await api.app.inject({
      url: `/api/call-tickets/${no}/form.pdf`,
      headers: { authorization: `Bearer ${token}` },
    });
    expect([pdf.statusCode, pdf.headers["content-type"]]).toEqual([200, "application/pdf"]);
    expect(pdf.headers["content-disposition"]).toBe(`inline; filename="${no}.pdf"`);
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("opens by the ticket's own links in a browser, for a day, and for no other call", async () => {
    const { form } = (await api.get(`/api/call-tickets/${no}`, OFFICER)).body;
    expect((await bare(form.html)).statusCode).toBe(200);
    expect((await bare(form.pdf)).headers["content-type"]).toBe("application/pdf");
    expect((await bare(form.html.replace(no, "HJ20261125-002"))).statusCode).toBe(401);
    expect((await bare(form.html.replace(/exp=\d+/, "exp=9999999999"))).statusCode).toBe(401);
    expect((await bare(form.html.replace(/sig=.*/, "sig="))).statusCode).toBe(401);
    api.clock.advance({ hours: 24 });
    expect((await bare(form.html)).statusCode).toBe(401);
  });
});
