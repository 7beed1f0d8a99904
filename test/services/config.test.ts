import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Config, ConfigError, readConfig } from "../../services/config.ts";

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

const TOKEN = "a-token-of-enough-signs";

describe("the settings", () => {
  it("are complete when nothing is set: embedded database, sandbox, a token of the hour", () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      publicUrl: "http://127.0.0.1:3000",
      databaseUrl: "pglite:./data",
      sandbox: true,
      adminTokenMade: true,
      dingtalk: null,
      model: null,
      roles: ["api", "bot", "jobs"],
      autoAcceptLevel: 0,
      registryDatum: "wgs84",
      mapTiles: null,
    });
    expect(config.adminToken).toHaveLength(48);
    expect(readConfig({}).adminToken).not.toBe(config.adminToken);
  });

  it("make links by the port where nobody says otherwise, and no model of an example", () => {
    expect(readConfig({ PORT: "4000" }).publicUrl).toBe("http://127.0.0.1:4000");
    expect(readConfig({ PUBLIC_URL: "https://yihu.example.gov.cn/" }).publicUrl).toBe(
      "https://yihu.example.gov.cn",
    );
    expect(problemsOf({ OPENAI_MODEL: "m" })).toHaveLength(1);
  });

  it("take 浙政钉 as a whole or not at all, with a token that cannot be guessed", () => {
    const zwdd = {
      ZWDD_APP_KEY: "yihu-app",
      ZWDD_APP_SECRET: "secret",
      ZWDD_OUTGOING_TOKEN: "0123456789abcdef",
    };
    expect(readConfig({ ADMIN_TOKEN: TOKEN, ...zwdd })).toMatchObject({
      sandbox: false,
      zwdd: {
        base: "https://openplatform-pro.ding.zj.gov.cn",
        tenantId: "196729",
        dingCreator: null,
      },
    });
    expect(problemsOf({ ZWDD_APP_KEY: "yihu-app" })).toEqual([
      expect.stringContaining("ZWDD_APP_SECRET and ZWDD_OUTGOING_TOKEN are missing"),
    ]);
    expect(problemsOf({ ...zwdd, ZWDD_OUTGOING_TOKEN: "short" })).toEqual([
      expect.stringContaining("openssl rand"),
    ]);
    expect(problemsOf({ ...zwdd, ZWDD_TENANT_ID: "zj" })).toHaveLength(1);
  });

  it("take the mail upwards as a whole or not at all", () => {
    const mail = {
      UPWARD_SMTP_URL: "smtp://u:p@mail.example:587",
      UPWARD_MAIL_FROM: "a@street.example",
      UPWARD_MAIL_TO: "b@district.example",
    };
    expect(readConfig({}).upward).toBeNull();
    expect(readConfig(mail).upward).toEqual({
      smtpUrl: mail.UPWARD_SMTP_URL,
      from: mail.UPWARD_MAIL_FROM,
      to: mail.UPWARD_MAIL_TO,
    });
    const { UPWARD_MAIL_TO: _to, ...half } = mail;
    expect(problemsOf(half)).toEqual([expect.stringContaining("UPWARD_MAIL_TO is missing")]);
    expect(problemsOf({ ...mail, UPWARD_MAIL_TO: "nobody" })).toEqual([
      expect.stringContaining("UPWARD_MAIL_TO must be a mail address"),
    ]);
  });

  it("take an empty variable for an absent one", () => {
    expect(readConfig({ PORT: "", ADMIN_TOKEN: "", SANDBOX: "" })).toMatchObject({
      port: 3000,
      adminTokenMade: true,
      sandbox: true,
    });
  });

  it("name every problem at once, each with what to do", () => {
    const problems = problemsOf({
      PORT: "99999",
      SANDBOX: "yes",
      DATABASE_URL: "mysql://somewhere",
      OPENAI_BASE_URL: "https://model.example.gov.cn/v1",
      DINGTALK_CLIENT_SECRET: "s",
    });
    expect(problems).toHaveLength(5);
    for (const problem of problems) expect(problem).toMatch(/(Correct it|[Ss]et both)/);
  });

  it.each([
    [{ DATABASE_URL: "postgres://yihu@db/yihu" }],
    [{ DINGTALK_CLIENT_ID: "a", DINGTALK_CLIENT_SECRET: "b" }],
    [{ SANDBOX: "0" }],
  ])("never open a product for real work without a token: %j", (env) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining("ADMIN_TOKEN is missing")]);
    expect(readConfig({ ...env, ADMIN_TOKEN: TOKEN }).sandbox).toBe(false);
  });

  it("open the sandbox beside real parts only when told to", () => {
    const real = { DATABASE_URL: "postgres://yihu@db/yihu", ADMIN_TOKEN: TOKEN };
    expect(readConfig(real).sandbox).toBe(false);
    expect(readConfig({ ...real, SANDBOX: "1" }).sandbox).toBe(true);
  });

  it("use no model unless both its address and its name are set", () => {
    expect(problemsOf({ OPENAI_MODEL: "m" })).toEqual([
      expect.stringContaining("residents' data goes to no default host"),
    ]);
    expect(readConfig({ OPENAI_API_KEY: "k" }).model).toBeNull();
  });

  it("set no limit to the calls of the model unless somebody does", () => {
    expect(readConfig({}).modelDailyCalls).toBeNull();
    expect(readConfig({ MODEL_DAILY_CALLS: "0" }).modelDailyCalls).toBeNull();
    expect(readConfig({ MODEL_DAILY_CALLS: "200" }).modelDailyCalls).toBe(200);
    expect(problemsOf({ MODEL_DAILY_CALLS: "many" })).toEqual([
      expect.stringMatching(
        /^MODEL_DAILY_CALLS must be a whole number .* Correct it, or remove it/,
      ),
    ]);
  });

  it("open private networks to webhooks by hosts and ranges alone", () => {
    expect(readConfig({}).webhookPrivateHosts).toEqual([]);
    expect(
      readConfig({ WEBHOOK_PRIVATE_HOSTS: "brain.example, 10.20.0.0/16" }).webhookPrivateHosts,
    ).toEqual(["brain.example", "10.20.0.0/16"]);
    for (const bad of ["http://brain.example", "10.0.0.0/40", "*"])
      expect(problemsOf({ WEBHOOK_PRIVATE_HOSTS: bad })).toHaveLength(1);
  });

  it("refuse a token that can be guessed, without repeating it", () => {
    const [problem] = problemsOf({ ADMIN_TOKEN: "short-secret" });
    expect(problem).toContain("at least 16");
    expect(problem).not.toContain("short-secret");
  });
});

describe(".env.example", () => {
  const text = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
  const lines = [...text.matchAll(/^#?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(
    ([, name, value]) => [name, value] as [string, string],
  );

  it("names every setting there is, once", () => {
    const source = [
      "config.ts",
      "dingtalk-config.ts",
      "hotline-config.ts",
      "tencent-config.ts",
      "zwdd-config.ts",
    ]
      .map((file) => readFileSync(new URL(`../../services/${file}`, import.meta.url), "utf8"))
      .join("\n");
    const known = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(20);
    expect(lines.map(([name]) => name).sort()).toEqual([...known].sort());
  });

  it("can be copied as it stands", () => {
    const active = [...text.matchAll(/^([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]);
    expect(readConfig(Object.fromEntries(active)).sandbox).toBe(true);
  });

  it("gives examples that work, all of them together", () => {
    const config: Config = readConfig(Object.fromEntries(lines));
    expect(config.dingtalk?.clientSecret).toBe("replace-me");
    expect(config.model?.model).toBe("qwen-plus");
    expect(config.sandbox).toBe(false);
  });

  it("says the defaults that the code has", () => {
    const defaults = readConfig({});
    const example = Object.fromEntries(lines);
    expect(Number(example.PORT)).toBe(defaults.port);
    expect(example.HOST).toBe(defaults.host);
    expect(example.SITE).toBe(defaults.site);
    expect(example.DATA_DIR).toBe(defaults.dataDir);
    expect(example.LOG_LEVEL).toBe(defaults.logLevel);
    expect(example.ROLES).toBe(defaults.roles.join(","));
    expect(example.PLATFORM_NAMING).toBe(defaults.platformNaming);
    expect(Number(example.AUTO_ACCEPT_LEVEL)).toBe(defaults.autoAcceptLevel);
  });
});
