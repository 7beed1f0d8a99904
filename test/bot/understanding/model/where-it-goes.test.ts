import { channel } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createChatModel } from "../../../../bot/understanding/model/openai-model.ts";
import { createEar } from "../../../../bot/understanding/understand.ts";
import { silentLog } from "../../../../services/log.ts";
import { heard, sampleCatalog } from "../../../support/heard.ts";
import { type ModelServer, startModelServer } from "../../../support/model-server.ts";
import { readingDirectory } from "../../../support/reading-district.ts";

let server: ModelServer;
/** Every connection that this process opens: where to, or that it never came about. */
let opened: string[];

const record = (message: unknown) => {
  const { socket } = message as { socket: Socket };
  const at = opened.push("not connected") - 1;
  socket.once("connect", () => {
    opened[at] = `${socket.remoteAddress}:${socket.remotePort}`;
  });
};

beforeEach(async () => {
  server = await startModelServer();
  opened = [];
  channel("net.client.socket").subscribe(record);
});
afterEach(async () => {
  channel("net.client.socket").unsubscribe(record);
  await server.stop();
});

const earTo = (baseUrl: string | null) =>
  createEar({
    directory: readingDirectory(sampleCatalog()),
    model:
      baseUrl === null
        ? null
        : createChatModel({ baseUrl, apiKey: "k", model: "m" }, { log: silentLog }),
    log: silentLog,
  });

const NUMBERS = ["13812345678", "330303199001011234", "6222021234567890123", "88886666"];
const TEXT = `锦绣苑7幢那边晚上吵得不行 电话${NUMBERS[0]} 身份证${NUMBERS[1]} 卡号${NUMBERS[2]} 座机0577-${NUMBERS[3]}`;

it("connects to the configured host alone, and no number of the message leaves", async () => {
  server.behave({
    answers: {
      kind: "report",
      confidence: 0.9,
      items: [
        {
          category: "street.occupy",
          summary: "晚上占道吵得不行",
          place: "锦绣苑7幢",
          level: 3,
          consult: false,
        },
      ],
    },
  });
  const ear = await earTo(server.baseUrl);
  await ear.understand(heard(TEXT));

  expect(opened.length).toBeGreaterThan(0);
  expect(new Set(opened)).toEqual(new Set([new URL(server.baseUrl).host]));
  const sent = JSON.stringify(server.asked);
  expect(sent).toContain("锦绣苑7幢");
  expect(sent).toContain("138****5678");
  for (const number of NUMBERS) expect(sent).not.toContain(number);
});

it("opens no connection where no model is set", async () => {
  const ear = await earTo(null);
  await ear.understand(heard(TEXT));
  expect(opened).toEqual([]);
});
