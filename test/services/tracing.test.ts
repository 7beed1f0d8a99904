import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTracing, traced } from "../../services/tracing.ts";

interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  status: { code?: number; message?: string };
}

describe("traces", () => {
  let collector: Server;
  let endpoint: string;
  let bodies: string[];
  const spans = () =>
    bodies.flatMap((body) =>
      (
        JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] }
      ).resourceSpans.flatMap((one) => one.scopeSpans.flatMap((scope) => scope.spans)),
    );

  beforeEach(async () => {
    bodies = [];
    collector = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        if (request.url === "/v1/traces") bodies.push(body);
        response.end("{}");
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`;
  });
  afterEach(() => {
    collector.closeAllConnections();
    collector.close();
  });

  it("arrive at the collector, one inside the other, with what failed", async () => {
    const stop = await startTracing(endpoint, { version: "9.9.9", site: "main" });
    await traced("message", { "yihu.channel": "dingtalk" }, () =>
      traced("send", {}, async () => {
        throw new TypeError("住在3幢的王阿姨");
      }),
    ).catch(() => {});
    await stop();
    const [outer, inner] = ["message", "send"].map((name) =>
      spans().find((span) => span.name === name),
    );
    expect(inner?.parentSpanId).toBe(outer?.spanId);
    expect(outer?.attributes).toContainEqual({
      key: "yihu.channel",
      value: { stringValue: "dingtalk" },
    });
    expect(inner?.status).toMatchObject({ code: 2, message: "TypeError" });
    expect(bodies.join()).toContain("9.9.9");
    expect(bodies.join()).not.toContain("王阿姨");
  });

  it("are not made without an endpoint, and the work is done all the same", async () => {
    expect(await traced("message", {}, async () => "done")).toBe("done");
    expect(bodies).toEqual([]);
  });

  it("hold nobody up when the collector is away", async () => {
    const stop = await startTracing("http://127.0.0.1:9", { version: "1", site: "main" });
    expect(await traced("message", {}, async () => "done")).toBe("done");
    const begun = performance.now();
    await stop();
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
