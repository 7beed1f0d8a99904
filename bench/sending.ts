import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { insertOutbox, type NewOutboxRow } from "../db/queries/outbox.ts";
import { type Delivery, deliverOutbox } from "../services/workflows/deliver-outbox.ts";
import { freshDatabase } from "./fresh-database.ts";
import { rounded } from "./rate.ts";
import { office } from "./talking.ts";

const BYTES = "【待受理】SJ20261126-0001 云溪家园3幢楼道灯不亮两天了,请在2小时内受理。".repeat(3);
const PEOPLE = 200;

/** Messages that wait in the outbox, sent and noted, beside a plain loop that posts the same bytes. */
export async function measureSending(messages: number) {
  const database = await freshDatabase("bench");
  const server = await listening();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    await post(url);
    const begunLoop = performance.now();
    for (let sent = 0; sent < messages; sent++) await post(url);
    const baseline = perSecond(messages, begunLoop);

    const rows = Array.from({ length: messages }, (_, index) => rowOf(index));
    for (let at = 0; at < rows.length; at += 500)
      await insertOutbox(database, rows.slice(at, at + 500));
    if (database.engine === "postgres") await database.orm.execute(sql`vacuum analyze outbox`);
    const begun = performance.now();
    let sent = 0;
    while (sent < messages) {
      const some = await deliverOutbox(database, office, ["sandbox"], () => post(url));
      if (some === 0) throw new Error(`${sent} of ${messages} were sent, then none was left.`);
      sent += some;
    }
    const product = perSecond(messages, begun);
    return { messages, product, baseline, ratio: rounded(product.perSecond / baseline.perSecond) };
  } finally {
    await database.close();
    server.closeAllConnections();
    server.close();
  }
}

const perSecond = (count: number, begun: number) => ({
  perSecond: Math.round(count / ((performance.now() - begun) / 1000)),
});

async function post(url: string): Promise<Delivery> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: BYTES }),
  });
  const { id } = (await answer.json()) as { id: string };
  return { outcome: "sent", platformMessageId: id };
}

function rowOf(index: number): NewOutboxRow {
  return {
    key: `bench-${index}`,
    to: { channel: "sandbox", conversationId: null, platformUserId: `person-${index % PEOPLE}` },
    priority: "notice",
    body: { kind: "text", params: { text: BYTES } },
    createdAt: new Date(),
  };
}

function listening(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ id: "m-1" }));
    });
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
