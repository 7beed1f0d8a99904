import type { Random } from "./world.ts";

const TICKET_LIFE_MS = 90_000;
const TOKEN_LIFE_MS = 7_200_000;

/** Tickets for the socket: good for 90 seconds and one connection. */
export function createTickets(now: () => number, random: Random) {
  const tickets = new Map<string, { expiresAt: number; used: boolean }>();
  return {
    issue: (): string => {
      // Real tickets hold characters that mean something in an address.
      const ticket = `t+${opaque(random)}/=&`;
      tickets.set(ticket, { expiresAt: now() + TICKET_LIFE_MS, used: false });
      return ticket;
    },
    /** @returns what is wrong with it, or null */
    use: (ticket: string): string | null => {
      const known = tickets.get(ticket);
      if (known === undefined) return "unknown ticket";
      if (known.used) return "ticket was used";
      known.used = true;
      return now() > known.expiresAt ? "ticket expired" : null;
    },
    /** The tickets that were not used yet come too late. */
    expireAll: () => {
      for (const ticket of tickets.values()) ticket.expiresAt = 0;
    },
  };
}

/** Access tokens: the same one is given out until near its end. */
export function createTokens(now: () => number, random: Random) {
  let present: { token: string; expiresAt: number } | null = null;
  return {
    issue: (): { token: string; expiresIn: number } => {
      const issued =
        present === null || present.expiresAt - now() < 60_000
          ? { token: `at-${opaque(random)}`, expiresAt: now() + TOKEN_LIFE_MS }
          : present;
      present = issued;
      return { token: issued.token, expiresIn: Math.floor((issued.expiresAt - now()) / 1_000) };
    },
    isGood: (token: unknown): boolean =>
      present !== null && present.token === token && now() < present.expiresAt,
    revoke: () => {
      present = null;
    },
  };
}

export const opaque = (random: Random): string =>
  Array.from({ length: 3 }, () => Math.floor(random() * 2 ** 40).toString(36)).join("");
