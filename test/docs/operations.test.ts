import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createMetrics } from "../../services/metrics.ts";

const read = (file: string): string =>
  readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

interface Panel {
  type: string;
  title: string;
  targets?: { expr: string }[];
}

describe("the Grafana dashboard", () => {
  const { panels } = JSON.parse(read("docs/operations/grafana-dashboard.json")) as {
    panels: Panel[];
  };
  const asked = panels
    .flatMap(({ targets }) => targets ?? [])
    .flatMap(({ expr }) => expr.match(/\b(?:yihu|dingtalk|tencent|process|nodejs)_\w+/g) ?? []);

  it("asks only for metrics that there are, and for every one of the product's own", async () => {
    const known = [...(await createMetrics().text()).matchAll(/^# TYPE (\S+)/gm)].map(
      ([, name = ""]) => name,
    );
    const names = asked.map((name) => name.replace(/_(bucket|count|sum)$/, ""));
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
    const own = known.filter((name) => /^(yihu|dingtalk|tencent)_/.test(name));
    expect(own.filter((name) => !names.includes(name))).toEqual([]);
  });

  it("has something in every panel, side by side without overlap", () => {
    const drawn = panels.filter(({ type }) => type !== "row");
    expect(drawn.length).toBeGreaterThan(10);
    expect(drawn.filter(({ targets }) => (targets ?? []).length === 0)).toEqual([]);
  });
});

describe("the ways to run it", () => {
  const start = (JSON.parse(read("package.json")) as { scripts: { start: string } }).scripts.start;

  it("start what `npm start` starts", () => {
    expect(read("docs/operations/yihu.service")).toContain(`ExecStart=/usr/bin/${start}`);
    expect(read("Dockerfile")).toContain(
      `CMD ${JSON.stringify(start.split(" ")).replaceAll(",", ", ")}`,
    );
  });

  it("set only what the product reads", () => {
    const settings = [...read(".env.example").matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(
      ([, name = ""]) => name,
    );
    const set = [
      ...read("compose.yaml").matchAll(/^ {6}([A-Z_]+):/gm),
      ...read("Dockerfile").matchAll(/\b([A-Z_]+)=\S+/g),
    ].map(([, name = ""]) => name);
    const others = ["NODE_ENV", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"];
    expect(set.filter((name) => ![...settings, ...others].includes(name))).toEqual([]);
    expect(set).toContain("DATABASE_URL");
  });
});
