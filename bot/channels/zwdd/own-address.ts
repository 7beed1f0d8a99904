import type { NetworkInterfaceInfo } from "node:os";

/** The machine that calls, as the gateway's headers want it. */
export interface OwnAddress {
  ip: string;
  mac: string;
}

/** The first address that others reach; the gateway only notes it. */
export function ownAddress(interfaces: NodeJS.Dict<readonly NetworkInterfaceInfo[]>): OwnAddress {
  const all = Object.values(interfaces).flatMap((list) => list ?? []);
  const outside = all.find((one) => !one.internal && one.family === "IPv4");
  return { ip: outside?.address ?? "127.0.0.1", mac: outside?.mac ?? "00:00:00:00:00:00" };
}
