import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AddressRefused, addressGuard, isHostOrRange } from "../../services/address-guard.ts";
import { signedPost } from "../../services/signed-post.ts";
import { fixedClock } from "../support/clock.ts";

const clock = fixedClock("2026-11-25T09:00:00+08:00");
const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const nobody = () => Promise.reject(new Error("no name is asked for here"));
const named = (names: Record<string, string[]>) => async (name: string) =>
  (names[name] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

/** One address, in the ways it can be written down. */
const PRIVATE: Record<string, string[]> = {
  "this machine": [
    "127.0.0.1",
    "127.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "127。0。0。1",
    "①②⑦.0.0.1",
    "%31%32%37.0.0.1",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
  ],
  "metadata of clouds": [
    "169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "[::ffff:169.254.169.254]",
    "169.254.0.23",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
    "[fd00:ec2::254]",
  ],
  "the office network": [
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.127.255.255",
    "169.254.1.1",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[fe80::1]",
    "[fec0::1]",
  ],
  "IPv4 carried in IPv6": [
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::a00:1]",
    "[2002:7f00:1::]",
    "[2001::1]",
  ],
  "nobody's host": [
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "198.18.0.1",
    "[ff02::1]",
    "[100::1]",
  ],
};
const PUBLIC = ["1.1.1.1", "172.32.0.1", "100.128.0.1", "11.0.0.1", "[2606:4700:4700::1111]"];

describe("an address that somebody gives", () => {
  const guard = addressGuard([], nobody);

  for (const [what, hosts] of Object.entries(PRIVATE))
    it(`is refused where it leads to ${what}, however it is written`, async () => {
      for (const host of hosts)
        expect([host, await guard.problemOf(`http://${host}/hook`)]).toEqual([
          host,
          expect.stringContaining("WEBHOOK_PRIVATE_HOSTS"),
        ]);
    });

  it("is taken where it is public", async () => {
    for (const host of PUBLIC) expect(await guard.problemOf(`https://${host}:8443/`)).toBeNull();
  });

  it("is refused by name where one of its addresses is private, and taken where nobody knows it yet", async () => {
    const names = addressGuard(
      [],
      named({
        localhost: ["127.0.0.1"],
        "mixed.example": ["1.1.1.1", "10.0.0.7"],
        "six.example": ["::ffff:10.0.0.7"],
        "good.example": ["1.1.1.1", "2606:4700:4700::1111"],
      }),
    );
    for (const name of ["localhost", "LOCALHOST", "mixed.example", "six.example"])
      expect([name, await names.problemOf(`https://${name}/`)]).toEqual([
        name,
        expect.stringContaining("private network"),
      ]);
    expect(await names.problemOf("https://good.example/")).toBeNull();
    expect(await guard.problemOf("https://not-there-yet.example/")).toBeNull();
  });
});

describe("what the operator opens", () => {
  it("is a name, an address or a range, and nothing beside it", async () => {
    const guard = addressGuard(
      ["Brain.city.example", "10.20.0.0/16", "192.168.3.4", "fd00:1::/32"],
      named({
        "brain.city.example": ["10.99.0.1"],
        "other.city.example": ["10.99.0.1"],
        "in-range.example": ["10.20.7.7", "fd00:1::5"],
      }),
    );
    for (const host of [
      "brain.city.example",
      "in-range.example",
      "10.20.255.1",
      "192.168.3.4",
      "[fd00:1::9]",
      "[::ffff:10.20.0.1]",
    ])
      expect([host, await guard.problemOf(`http://${host}/`)]).toEqual([host, null]);
    for (const host of [
      "other.city.example",
      "10.21.0.1",
      "192.168.3.5",
      "127.0.0.1",
      "[fd00:2::9]",
    ])
      expect([host, await guard.problemOf(`http://${host}/`)]).toEqual([host, expect.any(String)]);
  });

  it("is read from the settings only as something that can be meant", () => {
    for (const good of [
      "brain.city.gov.cn",
      "localhost",
      "10.0.0.0/8",
      "10.1.2.3",
      "fd00::/8",
      "::1",
    ])
      expect([good, isHostOrRange(good)]).toEqual([good, true]);
    for (const bad of ["10.0.0.0/33", "10.0.0", "http://a.example", "a.example:80", "*", "a b", ""])
      expect([bad, isHostOrRange(bad)]).toEqual([bad, false]);
  });
});

describe("a post to another system", () => {
  let server: Server;
  let port: number;
  let heard: string[];
  let redirectTo: string | null;
  beforeAll(async () => {
    server = createServer((request, response) => {
      heard.push(`${request.headers.host}${request.url}`);
      if (redirectTo === null) response.end("taken");
      else response.writeHead(307, { location: redirectTo }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    heard = [];
    redirectTo = null;
  });
  const post = (host: string, guard: Parameters<typeof signedPost>[4]) =>
    signedPost({ url: `http://${host}:${port}/hook`, secret: SECRET }, "id", "{}", clock, guard);

  it("reaches a host that is opened, by its name and its signature", async () => {
    const guard = addressGuard(["brain.example"], named({ "brain.example": ["127.0.0.1"] }));
    expect(await post("brain.example", guard)).toEqual({ status: 200, ok: true, text: "taken" });
    expect(heard).toEqual([`brain.example:${port}/hook`]);
  });

  it("opens no connection to a private address, given as such or as a name", async () => {
    const guard = addressGuard([], named({ "evil.example": ["127.0.0.1"] }));
    for (const host of ["127.0.0.1", "2130706433", "[::ffff:7f00:1]", "evil.example"])
      await expect(post(host, guard)).rejects.toThrow(AddressRefused);
    expect(heard).toEqual([]);
  });

  it("gains nothing by a name that leads elsewhere a moment later (rebinding)", async () => {
    const answers = ["1.1.1.1", "127.0.0.1", "1.1.1.1"];
    let asked = 0;
    const guard = addressGuard([], async () => [
      { address: answers[asked++] ?? "127.0.0.1", family: 4 },
    ]);
    expect(await guard.problemOf(`http://rebind.example:${port}/hook`)).toBeNull();
    await expect(post("rebind.example", guard)).rejects.toThrow(AddressRefused);
    expect(asked).toBe(2);
    expect(heard).toEqual([]);
  });

  it("asks for the name once a connection and connects to what was looked at", async () => {
    let asked = 0;
    const guard = addressGuard(["127.0.0.1"], async () => {
      asked += 1;
      return [{ address: asked === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }];
    });
    expect((await post("once.example", guard)).ok).toBe(true);
    expect(asked).toBe(1);
    // No connection is kept that a later post could use without a look.
    await expect(post("once.example", guard)).rejects.toThrow(AddressRefused);
  });

  it("follows no redirection, wherever it leads", async () => {
    redirectTo = `http://127.0.0.1:${port}/inside`;
    const guard = addressGuard(["brain.example"], named({ "brain.example": ["127.0.0.1"] }));
    expect(await post("brain.example", guard)).toMatchObject({ status: 307, ok: false });
    expect(heard).toEqual([`brain.example:${port}/hook`]);
  });

  it("reads no endless answer", async () => {
    const endless = createServer((_request, response) => {
      const more = setInterval(() => response.write("x".repeat(8000)), 1);
      response.on("close", () => clearInterval(more));
    });
    await new Promise<void>((resolve) => endless.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}/`;
    const { ok, text } = await signedPost({ url, secret: SECRET }, "id", "{}", clock, null);
    expect(ok).toBe(true);
    expect(text.length).toBeLessThan(100_000);
    await new Promise((resolve) => endless.close(resolve));
  });
});
