import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Another system that is told of changes by webhooks. */
export interface ToldSystem {
  url: string;
  /** what it was told, in order: the webhook's id and the event */
  heard(): { id: string; no: string; action: string; at: number }[];
  close(): Promise<void>;
}

export async function openToldSystem(): Promise<ToldSystem> {
  const heard: ReturnType<ToldSystem["heard"]> = [];
  const server = createServer((request, response) => {
    let raw = "";
    request.on("data", (chunk) => {
      raw += chunk;
    });
    request.on("end", () => {
      const { no, action } = (JSON.parse(raw) as { data: { no: string; action: string } }).data;
      heard.push({ id: String(request.headers["webhook-id"]), no, action, at: Date.now() });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    heard: () => [...heard],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
