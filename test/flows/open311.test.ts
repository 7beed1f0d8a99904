import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Open311Client, open311Client, type Row } from "../support/open311-client.ts";
import {
  eventually,
  type ProductHome,
  productHome,
  type RunningProduct,
  startProduct,
} from "../support/product.ts";

const KEY = "the-admin-token-of-these-tests";
/** The embedded database is slower by far; the whole number goes through PostgreSQL. */
const ROUND_TRIP = process.env.TEST_ENGINE === "postgres" ? 500 : 75;

let home: ProductHome;
let product: RunningProduct;
let json: Open311Client;
let xml: Open311Client;
beforeAll(async () => {
  home = await productHome();
  product = await startProduct({
    ...home.env,
    SANDBOX: "1",
    ADMIN_TOKEN: KEY,
    OPEN311_JURISDICTION: "shilin.example",
  });
  json = open311Client(`${product.url}/open311/v2`, "json");
  xml = open311Client(`${product.url}/open311/v2`, "xml");
});
afterAll(async () => {
  await product?.stop();
  await home?.remove();
});

const BIN = {
  api_key: KEY,
  jurisdiction_id: "shilin.example",
  service_code: "env.binOverflow",
  lat: "28.011",
  long: "120.651",
  address_string: "南塘家园3幢2单元501室门口",
  description: "垃圾桶满了三天没人倒,我电话13800000001",
  first_name: "敏",
  last_name: "周",
  phone: "13800000001",
};

/** The number that a token leads to, once the words are read. */
const numberOf = (client: Open311Client, token: unknown): Promise<string> =>
  eventually(async () => {
    const no = (await client.token(String(token))).service_request_id;
    return typeof no === "string" && no !== "" ? no : null;
  });

describe("the open interface (GeoReport v2)", () => {
  it("offers what stands in public space, and nobody's affairs", async () => {
    const [inJson, inXml] = [await json.services(), await xml.services()];
    const codes = inJson.map(({ service_code }) => service_code);
    expect(codes).toContain("facility.manhole");
    for (const kept of ["dispute.family", "people.special", "emergency.fire", "security.clue"])
      expect(codes).not.toContain(kept);
    expect(inXml.map(({ service_code }) => service_code)).toEqual(codes);
    const definition = await xml.definition("facility.manhole");
    expect(definition.service_code).toBe("facility.manhole");
    expect((definition.attributes as { attribute: Row[] }).attribute).toHaveLength(2);
  });

  it.each(["json", "xml"] as const)(
    "takes a request by %s, and shows it without anybody's number",
    async (format) => {
      const client = format === "json" ? json : xml;
      const posted = await client.post({
        ...BIN,
        device_id: `phone-${format}`,
        "attribute[people]": "12",
      });
      expect(posted.status).toBe(201);
      const no = await numberOf(client, posted.rows[0]?.token);
      const shown = await client.request(no);
      expect(shown).toMatchObject({ service_code: "env.binOverflow", status: "open" });
      expect(shown.address).toContain("南塘家园3幢");
      const all = JSON.stringify(await client.requests({ service_code: "env.binOverflow" }));
      expect(all).toContain(no);
      for (const secret of ["501", "13800000001", "周敏"]) expect(all).not.toContain(secret);
    },
  );

  it("takes what was chosen for what it is about, but hears danger", async () => {
    const vague = await json.post({
      ...BIN,
      service_code: "facility.manhole",
      description: "在这儿",
    });
    expect((await json.request(await numberOf(json, vague.rows[0]?.token))).service_code).toBe(
      "facility.manhole",
    );
    const fire = await json.post({ ...BIN, description: "着火了!快来人,3幢2单元冒浓烟" });
    const no = await numberOf(json, fire.rows[0]?.token);
    // What lives depend on is the command room's, and is shown to nobody.
    expect((await json.refused("GET", `requests/${no}`)).status).toBe(404);
  });

  it("counts a request that an app repeats once", async () => {
    const same = {
      ...BIN,
      device_id: "phone-9",
      description: "路边的井盖不见了",
      service_code: "facility.manhole",
    };
    const [first, again] = [await json.post(same), await json.post(same)];
    expect(again.rows[0]?.token).toBe(first.rows[0]?.token);
  });

  it.each([
    ["GET", "services", { jurisdiction_id: "elsewhere.example" }, 404],
    ["GET", "services/no.such", {}, 404],
    ["GET", "tokens/nobody", {}, 404],
    ["GET", "requests/SJ19700101-0001", {}, 404],
    ["GET", "requests", { status: "half" }, 400],
    ["GET", "requests", { start_date: "yesterday" }, 400],
    [
      "GET",
      "requests",
      { start_date: "2026-01-01T00:00:00Z", end_date: "2026-11-01T00:00:00Z" },
      400,
    ],
    ["POST", "requests", { ...BIN, api_key: "" }, 403],
    ["POST", "requests", { ...BIN, api_key: "a-wrong-key-of-somebody" }, 403],
    ["POST", "requests", { ...BIN, service_code: "" }, 400],
    ["POST", "requests", { ...BIN, service_code: "dispute.family" }, 404],
    ["POST", "requests", { ...BIN, lat: "north" }, 400],
    ["POST", "requests", { ...BIN, long: "" }, 400],
    ["POST", "requests", { api_key: KEY, service_code: "env.binOverflow" }, 400],
  ] as const)(
    "refuses %s %s %j with %i, in either format",
    async (method, path, fields, status) => {
      for (const client of [json, xml]) {
        const refused = await client.refused(method, path, { ...fields });
        expect(refused.status).toBe(status);
        expect(Number(refused.errors[0]?.code)).toBe(status);
        expect(String(refused.errors[0]?.description)).toMatch(/\w{4,}/);
      }
    },
  );

  it(`loses none of ${ROUND_TRIP} requests`, async () => {
    const tokens: unknown[] = [];
    for (let sent = 0; sent < ROUND_TRIP; sent += 25)
      tokens.push(
        ...(await Promise.all(
          Array.from({ length: 25 }, async (_, at) => {
            const client = at % 2 === 0 ? json : xml;
            const { rows } = await client.post({
              ...BIN,
              service_code: at % 3 === 0 ? "facility.streetlight" : "street.parking",
              lat: String(28 + (sent + at) / 1000),
              address_string: `示例路${sent + at + 1}号`,
              description: `第${sent + at + 1}件`,
            });
            return rows[0]?.token;
          }),
        )),
      );
    expect(new Set(tokens).size).toBe(ROUND_TRIP);
    for (const token of tokens) expect(await numberOf(json, token)).toMatch(/^SJ\d{8}-\d{4,}$/);
  }, 240_000);
});
