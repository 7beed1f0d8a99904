import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** A line to a server on this machine that can be cut, or swallow what is said on it. */
export interface CutLine {
  port: number;
  /** ends every connection and refuses new ones */
  cut(): void;
  /** lets connections stand and carries nothing any more, as a firewall that dropped its state */
  swallow(): void;
  /** New connections work; those that were swallowed end. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function openCutLine(to: { host: string; port: number }): Promise<CutLine> {
  const pairs = new Set<[Socket, Socket]>();
  let swallows = false;
  let port = 0;
  const make = () =>
    createServer((near) => {
      if (swallows) {
        const silent: [Socket, Socket] = [near, near];
        pairs.add(silent);
        near.on("error", () => {}).resume();
        return;
      }
      const far = connect(to.port, to.host);
      const pair: [Socket, Socket] = [near, far];
      pairs.add(pair);
      near.pipe(far).pipe(near);
      for (const socket of pair) {
        socket.on("error", () => {});
        socket.on("close", () => {
          if (swallows) return;
          for (const one of pair) one.destroy();
          pairs.delete(pair);
        });
      }
    });
  let server = make();
  const listen = () =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const endAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    pairs.clear();
  };
  await listen();
  port = (server.address() as AddressInfo).port;

  return {
    port,
    cut() {
      server.close();
      endAll();
    },
    swallow() {
      swallows = true;
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.resume();
        far.resume();
      }
    },
    async mend() {
      if (swallows) {
        swallows = false;
        endAll();
        return;
      }
      server = make();
      await listen();
    },
    async close() {
      server.close();
      endAll();
    },
  };
}
