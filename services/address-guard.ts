import { lookup as askNames } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** Refuses what leads into the operator's own network, of addresses that somebody else gives. */
export interface AddressGuard {
  /**
   * Looks at an address when it is given.
   *
   * @returns what is wrong with it; null: nothing. A name that nobody knows yet is nothing wrong
   */
  problemOf(url: string): Promise<string | null>;
  /** Whether a host that is an address itself may be called; names are left to `lookup`. */
  mayCall(hostname: string): boolean;
  /** Resolves the name at connect time and hands over what was looked at, so nothing can change between. */
  lookup: LookupFunction;
}

export type ResolveName = (name: string) => Promise<{ address: string; family: number }[]>;

/** What is thrown instead of a connection. */
export class AddressRefused extends Error {
  constructor(host: string) {
    super(
      `${host} leads into a private network and is not called. The operator may open it by WEBHOOK_PRIVATE_HOSTS.`,
    );
  }
}

const resolveByMachine: ResolveName = (name) => askNames(name, { all: true });

/**
 * Lets through public addresses alone: whatever is not plainly of the public internet (private, loopback,
 * link-local, CGNAT, ULA, mapped, tunneled, reserved, the clouds' metadata) is refused, however written.
 * A name is refused when one of its addresses is.
 *
 * @param allowed - host names, addresses and CIDR ranges that the operator opens (`isHostOrRange`)
 */
export function addressGuard(
  allowed: readonly string[],
  resolve: ResolveName = resolveByMachine,
): AddressGuard {
  const names = new Set(allowed.filter((one) => rangeOf(one) === null).map(plainName));
  const ranges = allowed.map(rangeOf).filter((range) => range !== null);

  const mayReach = (address: string): boolean => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return isPublic(parsed) || ranges.some((range) => isWithin(parsed, range));
  };
  const mayCall = (hostname: string): boolean => {
    const host = withoutBrackets(hostname);
    return isIP(host) === 0 || mayReach(host);
  };
  const checked = async (hostname: string) => {
    const found = await resolve(hostname);
    if (!names.has(plainName(hostname)) && !found.every(({ address }) => mayReach(address)))
      throw new AddressRefused(hostname);
    return found;
  };

  return {
    mayCall,
    async problemOf(url) {
      const host = withoutBrackets(new URL(url).hostname);
      if (!mayCall(host)) return new AddressRefused(host).message;
      if (isIP(host) !== 0) return null;
      try {
        await checked(host);
        return null;
      } catch (error) {
        return error instanceof AddressRefused ? error.message : null;
      }
    },
    lookup(hostname, options, callback) {
      checked(hostname).then(
        (found) => {
          const fitting = found.filter(({ family }) => fits(family, options.family));
          const [first] = fitting;
          if (first === undefined)
            callback(new Error(`${hostname} has no address of that kind.`), "", 0);
          else if (options.all) callback(null, fitting);
          else callback(null, first.address, first.family);
        },
        (error: Error) => callback(error, "", 0),
      );
    },
  };
}

/** `10.1.2.3` or `10.1.0.0/16`. */
export const isRange = (text: string): boolean => rangeOf(text) !== null;

/** Whether an entry of WEBHOOK_PRIVATE_HOSTS can be used: `brain.city.gov.cn`, `10.1.2.3`, `10.1.0.0/16`. */
export const isHostOrRange = (text: string): boolean =>
  rangeOf(text) !== null ||
  (/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?$/i.test(text) && !/^[\d.]+$/.test(text));

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

/** Azure answers its machines at this address, which is otherwise like any public one. */
const AZURE_HOST = "168.63.129.16";
/** Outside of it lies nothing that is routed: what looks like IPv4 in IPv6 among it. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR("2000::/3");

function isPublic(address: Address): boolean {
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv6
    ? address.match(GLOBAL_V6)
    : address.toString() !== AZURE_HOST;
}

function rangeOf(text: string): Range | null {
  const [address, bits] = text.split("/");
  if (address === undefined || isIP(address) === 0) return null;
  try {
    return bits === undefined
      ? [ipaddr.parse(address), isIP(address) === 4 ? 32 : 128]
      : ipaddr.parseCIDR(text);
  } catch {
    return null;
  }
}

const isWithin = (address: Address, [start, bits]: Range): boolean =>
  address.kind() === start.kind() && address.match(start, bits);

const plainName = (name: string) => name.toLowerCase().replace(/\.$/, "");

const withoutBrackets = (hostname: string) => hostname.replace(/^\[|\]$/g, "");

const fits = (family: number, wanted: number | string | undefined) =>
  wanted === undefined || wanted === 0 || String(wanted).replace("IPv", "") === String(family);
