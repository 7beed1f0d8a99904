import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Db } from "../../../db/client.ts";
import { type ContactKey, contactVault } from "../../../db/contacts/vault.ts";
import { countUnkeyedCallers, indexCallers } from "../../../db/queries/caller-index.ts";
import {
  countContacts,
  rekeyContacts,
  requireContactKeys,
} from "../../../db/queries/contact-fields.ts";
import { findHotlineOrder } from "../../../db/queries/hotline.ts";
import { findPersonById } from "../../../db/queries/people.ts";
import { registryText } from "../../../db/registry/export-registry.ts";
import { importFiles } from "../../../db/registry/import-registry.ts";
import { checkContactKeys } from "../../../services/doctor/contact-keys.ts";
import { senderOfNumber } from "../../../services/sender-of-number.ts";
import { type Chat, openChat } from "../../support/chat.ts";
import { TEST_KEYS, TEST_SITE } from "../../support/database.ts";
import { anOrder, feed } from "../../support/hotline.ts";

const NEXT: ContactKey = { id: "next", bytes: Buffer.alloc(32, 9) };
const ORDER = { line: "hotline12345", no: "2026112200123" } as const;
const CALLER = { name: "张阿姨", phone: "13800000001" };

let chat: Chat;
beforeAll(async () => {
  chat = await openChat();
});
beforeEach(() => chat.fresh());
afterAll(() => chat.close());

const withKeys = (keys: readonly ContactKey[]): Db => ({
  ...chat.database,
  contacts: contactVault(TEST_SITE, keys),
});
const stored = () =>
  chat.database.rows<{ row: string }>(sql`
    select t::text as row from people t union all select t::text from hotline_orders t
    union all select t::text from inbox t`);
const somebodysPhone = async () => {
  const [row] = await chat.database.rows<{ id: string }>(
    sql`select id from people where phone is not null order by id limit 1`,
  );
  return row?.id ?? "";
};

it("nothing in the tables shows a number or a caller, and whoever may read them does", async () => {
  await feed(chat, [anOrder()]);
  const id = await somebodysPhone();
  const phone = (await findPersonById(chat.database, id))?.phone ?? "";
  expect(phone).toMatch(/^1\d{10}$/);
  const all = (await stored()).map(({ row }) => row).join("\n");
  for (const clear of [phone, CALLER.phone, CALLER.name]) expect(all).not.toContain(clear);
  expect((await findHotlineOrder(chat.database, ORDER))?.contact).toEqual(CALLER);
});

it("an export gives back the numbers, and importing it again changes nothing", async () => {
  const text = await registryText(chat.database, "people.csv");
  expect(text).not.toContain("enc:v1:");
  const given = (csv: string) =>
    importFiles(chat.database, new Map([["people.csv", Buffer.from(csv)]]), {
      amend: true,
      rowByRow: true,
      now: chat.clock.now(),
    });
  expect(await given(text)).toMatchObject({ ok: true, changes: [{ added: 0, changed: 0 }] });
  const phone = (await findPersonById(chat.database, await somebodysPhone()))?.phone ?? "";
  expect(await given(text.replace(phone, "13999999999"))).toMatchObject({
    ok: true,
    changes: [
      {
        changed: 1,
        rowChanges: [{ columns: [{ column: "phone", before: phone, after: "13999999999" }] }],
      },
    ],
  });
});

it("a new key takes over batch by batch, old values are read meanwhile, plain ones too", async () => {
  await feed(chat, [anOrder()]);
  const id = await somebodysPhone();
  await chat.database.rows(sql`update people set phone = '13700000000' where id = ${id}`);
  const rotated = withKeys([NEXT, ...TEST_KEYS]);
  expect((await findPersonById(rotated, id))?.phone).toBe("13700000000");
  expect(await checkContactKeys(rotated, ["next", "test"])).toMatchObject({ verdict: "warning" });

  const before = (await countContacts(rotated)).reduce((sum, { count }) => sum + count, 0);
  let [rounds, written] = [0, 0];
  for (;;) {
    const done = [...(await rekeyContacts(rotated, 3)).values()].reduce((sum, n) => sum + n, 0);
    if (done === 0) break;
    rounds += 1;
    written += done;
  }
  expect(written).toBe(before);
  expect(rounds).toBeGreaterThan(1);

  const onlyNew = withKeys([NEXT]);
  expect(new Set((await countContacts(onlyNew)).map(({ keyId }) => keyId))).toEqual(
    new Set(["next"]),
  );
  expect((await findPersonById(onlyNew, id))?.phone).toBe("13700000000");
  expect((await findHotlineOrder(onlyNew, ORDER))?.contact).toEqual(CALLER);
  expect(await checkContactKeys(onlyNew, ["next"])).toMatchObject({ verdict: "ok" });
});

it("without the key that was used the product does not start, and says which one it wants", async () => {
  await expect(requireContactKeys(chat.database)).resolves.toBeUndefined();
  await expect(requireContactKeys(withKeys([NEXT]))).rejects.toThrow(/the key "test"/);
  await expect(requireContactKeys(withKeys([]))).rejects.toThrow(/CONTACT_KEYS does not name/);
  expect(await checkContactKeys(withKeys([NEXT]), ["next"])).toMatchObject({ verdict: "failed" });
});

it("a caller is known again by a keyed name, and one of before gets it", async () => {
  const before = await senderOfNumber(withKeys([]), CALLER.phone);
  expect(before).toMatch(/^phone:[0-9a-f]{32}$/);
  await feed(chat, [anOrder()]);
  await chat.settle();
  const keyed = await senderOfNumber(chat.database, "+86 138-0000-0001");
  const senders = () =>
    chat.database.rows<{ id: string }>(sql`
      select platform_user_id as id from event_reporters union select platform_user_id from hotline_orders`);
  expect(await senders()).toEqual([{ id: keyed }]);
  expect(await senderOfNumber(withKeys([NEXT, ...TEST_KEYS]), CALLER.phone)).toBe(keyed);

  for (const table of ["event_reporters", "hotline_orders"])
    await chat.database.rows(sql`update ${sql.identifier(table)} set platform_user_id = ${before}`);
  expect(await countUnkeyedCallers(chat.database)).toBe(1);
  expect(await indexCallers(chat.database, 10)).toBe(1);
  expect(await senders()).toEqual([{ id: keyed }]);
  expect(await indexCallers(chat.database, 10)).toBe(0);
});
