import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MOST_ATTACHMENT_BYTES } from "../../../../bot/channels/common/download.ts";
import { type Gateway, PATHS, startGateway } from "../../../support/dingtalk-gateway/gateway.ts";
import { type OpenedChannel, openChannel } from "./open-channel.ts";

let gateway: Gateway;
let opened: OpenedChannel;
let elsewhere: Server;
let askedElsewhere = 0;

beforeEach(async () => {
  gateway = await startGateway();
  opened = await openChannel(gateway, { start: false });
  askedElsewhere = 0;
  elsewhere = createServer((_request, response) => {
    askedElsewhere += 1;
    response.end("secret of the inner network");
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  await opened.channel.stop();
  await gateway.stop();
  elsewhere.closeAllConnections();
  await new Promise((resolve) => elsewhere.close(resolve));
});

const fetchOf = (ref: string) =>
  opened.channel.fetchAttachment?.({ kind: "picture", ref, fileName: "a.jpg", transcript: null });
const elsewhereUrl = () => `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/x`;

it("fetches what a message carried", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  expect(await fetchOf(gateway.putFile(bytes))).toEqual({ bytes, fileName: "a.jpg" });
});

it("refuses a file of more than 20 MB, whether its length is told or not", async () => {
  const code = gateway.putFile(new Uint8Array(MOST_ATTACHMENT_BYTES + 1));
  await expect(fetchOf(code)).rejects.toMatchObject({ reason: "tooBig", permanent: true });
  gateway.faults.next(`/files/${encodeURIComponent(code)}`, {
    status: 200,
    body: new Uint8Array(MOST_ATTACHMENT_BYTES + 1),
    headers: { "transfer-encoding": "chunked" },
  });
  await expect(fetchOf(code)).rejects.toMatchObject({ reason: "tooBig", permanent: true });
  expect(
    (await fetchOf(gateway.putFile(new Uint8Array(MOST_ATTACHMENT_BYTES))))?.bytes.length,
  ).toBe(MOST_ATTACHMENT_BYTES);
});

it("does not go to a foreign host, neither at once nor by a redirect", async () => {
  const direct = gateway.putFile(new Uint8Array([1]), elsewhereUrl());
  await expect(fetchOf(direct)).rejects.toMatchObject({ reason: "forbiddenHost", permanent: true });
  const redirected = gateway.putFile(new Uint8Array([1]));
  const location = { location: elsewhereUrl() };
  gateway.faults.next(`/files/${encodeURIComponent(redirected)}`, {
    status: 302,
    headers: location,
  });
  await expect(fetchOf(redirected)).rejects.toMatchObject({ reason: "forbiddenHost" });
  expect(askedElsewhere).toBe(0);
});

it("follows a redirect that stays at home, and ends a circle", async () => {
  const code = gateway.putFile(new Uint8Array([7]));
  const path = `/files/${encodeURIComponent(code)}`;
  gateway.faults.next(path, { status: 302, headers: { location: path } });
  expect((await fetchOf(code))?.bytes).toEqual(new Uint8Array([7]));
  gateway.faults.always(path, { status: 302, headers: { location: path } });
  await expect(fetchOf(code)).rejects.toMatchObject({ reason: "unavailable", permanent: false });
});

it("tells what is gone for good from what may work later", async () => {
  await expect(fetchOf("no-such-code")).rejects.toMatchObject({ reason: "gone", permanent: true });
  const code = gateway.putFile(new Uint8Array([1]));
  gateway.faults.next(PATHS.download, "qps");
  await expect(fetchOf(code)).rejects.toMatchObject({
    reason: "unavailable",
    retryAt: expect.any(Date),
  });
  gateway.faults.next(`/files/${encodeURIComponent(code)}`, "timeout");
  await expect(fetchOf(code)).rejects.toMatchObject({ reason: "unavailable", permanent: false });
  gateway.faults.next(`/files/${encodeURIComponent(code)}`, { status: 404 });
  await expect(fetchOf(code)).rejects.toMatchObject({ reason: "gone" });
});
