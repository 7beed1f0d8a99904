import { describe, expect, it } from "vitest";
import { trustUrls } from "../../../../bot/channels/dingtalk/trusted-urls.ts";

const trust = trustUrls(["http://127.0.0.1:9100", "https://proxy.example.gov.cn"]);

describe("what a message or an answer names", () => {
  it.each([
    ["https://oapi.dingtalk.com/robot/sendBySession?session=x", "web"],
    ["https://down-cdn.dingtalk.com/a/b", "web"],
    ["wss://wss-open-connection-union.dingtalk.com:443/connect", "socket"],
    ["http://127.0.0.1:9100/robot/sendBySession?session=x", "web"],
    ["ws://127.0.0.1:9100/connect", "socket"],
    ["https://proxy.example.gov.cn/files/1", "web"],
    ["wss://proxy.example.gov.cn:443/connect", "socket"],
    ["HTTPS://OAPI.DINGTALK.COM/x", "web"],
  ] as const)("is called at %s", (url, kind) => {
    expect(trust(url, kind)?.href).toBe(new URL(url).href);
  });

  it.each([
    ["http://127.0.0.1:9101/x", "another port"],
    ["http://127.0.0.1/x", "no port"],
    ["http://localhost:9100/x", "another name of the same host"],
    ["http://169.254.169.254/latest/meta-data", "the cloud's own address"],
    ["https://dingtalk.com.evil.cn/x", "a host that begins like it"],
    ["https://evildingtalk.com/x", "a host that ends like it"],
    ["https://oapi.dingtalk.com@evil.cn/x", "a name before the host"],
    ["https://evil.cn#.dingtalk.com", "a fragment"],
    ["https://evil.cn\\.dingtalk.com", "a backslash"],
    ["https://user:pass@oapi.dingtalk.com/x", "credentials"],
    ["https://oapi.dingtalk.com:8443/x", "a port of its own"],
    ["https://oapi.dingtalk.com./x", "a dot at the end"],
    ["https://oapi.dingtaIk.com/x", "a look-alike"],
    ["https://oapi.dingtalk.сom/x", "a Cyrillic letter"],
    ["http://proxy.example.gov.cn:443/x", "plain where the setting is encrypted"],
    ["file:///etc/passwd", "a file"],
    ["ftp://oapi.dingtalk.com/x", "another protocol"],
    ["wss://oapi.dingtalk.com/x", "a socket where a page is wanted"],
    ["//oapi.dingtalk.com/x", "no protocol"],
    ["", "nothing"],
  ])("is not called at %s: %s", (url) => {
    expect(trust(url, "web")).toBeNull();
  });

  it("is raised to an encrypted connection towards DingTalk's hosts", () => {
    expect(trust("http://down-cdn.dingtalk.com/x?sign=1", "web")?.href).toBe(
      "https://down-cdn.dingtalk.com/x?sign=1",
    );
    expect(trust("ws://wss-open-connection.dingtalk.com/connect", "socket")?.protocol).toBe("wss:");
  });
});
