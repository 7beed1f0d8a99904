import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import QRCode from "qrcode";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { gridOfScene } from "../../../bot/channels/wechat/to-incoming.ts";
import { makeSheets } from "../../../bot/qr-codes/make-sheets.ts";
import { openCodeMaker, type QrChannel } from "../../../bot/qr-codes/open-code-maker.ts";
import type { Grid } from "../../../db/queries/directory.ts";
import { readConfig } from "../../../services/config.ts";
import { runScript } from "../../support/command.ts";
import { type Kf, startKf } from "../../support/tencent/kf.ts";
import { error } from "../../support/tencent/server.ts";
import { startWeChat, type WeChat } from "../../support/tencent/wechat.ts";

const CREATE = "/cgi-bin/qrcode/create";
const aGrid = (code: string): Grid => ({
  code,
  name: `南塘${code.at(-1)}网格`,
  class: 1,
  kind: "ordinary",
  communityCode: "SLQ-WC-NT",
  communityName: "南塘社区",
  streetCode: "SLQ-WC",
  streetName: "望潮街道",
  lng: null,
  lat: null,
  boundary: null,
});
const GRIDS = ["NT-1", "NT-2", "NT-3"].map(aGrid);

let wechat: WeChat;
let kf: Kf;
let folder: string;
beforeAll(async () => {
  wechat = await startWeChat();
  kf = await startKf();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yihu-qr-"));
  return () => rmSync(folder, { recursive: true, force: true });
});
afterAll(async () => {
  await wechat.stop();
  await kf.stop();
});

function make(
  env: Record<string, string>,
  grids: readonly Grid[] = GRIDS,
  channel: QrChannel | null = null,
  kfAccount: string | null = null,
) {
  const config = readConfig({ ...env, SANDBOX: "1" });
  const maker = openCodeMaker(config, channel, kfAccount);
  if ("problem" in maker) throw new Error(maker.problem);
  return makeSheets({ ...maker, folder, district: "示例区", grids });
}
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const urls = () =>
  new Map(
    read("codes.csv")
      .trim()
      .split("\n")
      .map((line) => line.split(",") as [string, string]),
  );

describe("codes of the 公众号", () => {
  it("are permanent, one for each grid, on a sheet to print", async () => {
    expect(await make(wechat.env())).toEqual({ made: 3, skipped: 0, stopped: null });
    const files = GRIDS.flatMap(({ code }) =>
      ["html", "png", "svg"].map((end) => `${code}.${end}`),
    );
    expect(readdirSync(folder).sort()).toEqual([...files, "codes.csv"].sort());
    for (const [code, url] of urls()) {
      expect(gridOfScene(wechat.sceneOf(url) ?? "")).toBe(code);
      const look = { errorCorrectionLevel: "Q", margin: 4 } as const;
      const svg = await QRCode.toString(url, { ...look, type: "svg" });
      expect(read(`${code}.svg`)).toBe(svg);
      expect(read(`${code}.html`)).toContain(svg);
    }
    expect(read("NT-1.html")).toMatch(
      /南塘1网格有事,扫码说一声.*望潮街道.*119、120、110.*发「隐私」看说明/s,
    );
  });

  it("are asked for once: what lies there is left alone, a code that was given is used again", async () => {
    await make(wechat.env());
    const asked = wechat.api.calls(CREATE).length;
    rmSync(join(folder, "NT-2.html"));
    expect(await make(wechat.env())).toEqual({ made: 1, skipped: 2, stopped: null });
    expect(wechat.api.calls(CREATE)).toHaveLength(asked);
  });

  it("stop where the platform does, with what to do, and go on from there", async () => {
    wechat.api.next(CREATE, error(45009, "reach max api daily quota limit"));
    const waits = await make(wechat.env());
    expect(waits).toMatchObject({ made: 0, stopped: expect.stringMatching(/goes on where/) });
    wechat.allowScenes(0);
    const full = await make(wechat.env());
    expect(full.stopped).toMatch(/has its 100,000 permanent codes/);
    wechat.allowScenes(100_000);
    expect(await make(wechat.env())).toMatchObject({ made: 3, stopped: null });
  });

  it("are not begun where the account could not hold them all", async () => {
    const line = (code: string) => `${code},http://weixin.qq.com/q/x\n`;
    const there = Array.from({ length: 99_998 }, (_, index) => line(`G${index}`));
    writeFileSync(join(folder, "codes.csv"), there.join(""));
    const asked = wechat.api.calls(CREATE).length;
    await expect(make(wechat.env())).rejects.toThrow("at most 100000 for good");
    expect(wechat.api.calls(CREATE)).toHaveLength(asked);
    expect(await make(wechat.env(), GRIDS.slice(0, 2))).toMatchObject({ made: 2 });
  });

  it("outlast a crash in the middle of a line, and a token that was refused", async () => {
    await make(wechat.env(), GRIDS.slice(0, 1));
    writeFileSync(join(folder, "codes.csv"), `${read("codes.csv")}NT-2,ht`);
    wechat.revokeTokens();
    expect(await make(wechat.env())).toMatchObject({ made: 2, stopped: null });
    expect([...urls().keys()].filter((code) => code !== "")).toEqual(
      expect.arrayContaining(["NT-1", "NT-3"]),
    );
    expect(await make(wechat.env())).toMatchObject({ made: 0, skipped: 3 });
  });

  it("take a grid's code of any signs, and say which is too long", async () => {
    const strange = aGrid("网格/<1>*");
    expect(await make(wechat.env(), [strange])).toMatchObject({ made: 1 });
    expect(read("%E7%BD%91%E6%A0%BC%2F%3C1%3E%2A.html")).toContain("网格/&#60;1&#62;*");
    const long = await make(wechat.env(), [aGrid("G".repeat(60))]);
    expect(long.stopped).toMatch(/at most 64 characters.*shorter code/);
  });
});

describe("codes of 微信客服", () => {
  it("are one link with each grid's parameter, as the callback gives it back", async () => {
    expect(await make(kf.env())).toMatchObject({ made: 3, stopped: null });
    expect(kf.api.calls("/cgi-bin/kf/add_contact_way")).toHaveLength(1);
    for (const [code, url] of urls()) {
      expect(url).toBe(
        `https://work.weixin.qq.com/kfid/wkYihu?enc_scene=ENC1&scene_param=grid%3A${code}`,
      );
      expect(gridOfScene(new URL(url).searchParams.get("scene_param") ?? "")).toBe(code);
    }
  });

  it("are of the account that is named, where there are several", async () => {
    kf.addAccount("wkOther");
    const several = await make(kf.env());
    expect(several.stopped).toMatch(/several accounts: wkYihu .*--kf-account/);
    await make(kf.env(), GRIDS, null, "wkOther");
    expect(urls().get("NT-3")).toContain("/wkOther?");
    rmSync(join(folder, "codes.csv"));
    rmSync(join(folder, "NT-1.html"));
    const strange = await make(kf.env(), GRIDS, null, "wkNobody");
    expect(strange.stopped).toMatch(/no such account/);
  });
});

describe("npm run qr-codes", () => {
  it("says which channel is missing, or which of two is meant", () => {
    const both = { ...wechat.env(), ...kf.env() };
    expect(() => make({})).toThrow(/Neither 公众号 nor 微信客服/);
    expect(() => make(both)).toThrow("--channel wechat|wechat-kf");
    expect(() => make(wechat.env(), GRIDS, "wechat-kf")).toThrow(
      /settings of wechat-kf are missing/,
    );
  });

  it("wants to know where to, and a district", { timeout: 60_000 }, async () => {
    const run = (...args: string[]) =>
      runScript("bot/qr-codes/command.ts", args, { DATA_DIR: folder, ...wechat.env() });
    expect(await run("--grid", "NT-1")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Usage/),
    });
    expect(await run("--out", folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("There is no district yet"),
    });
  });
});
