import { type Refusal, words } from "./words.ts";

/** What the server knows of the link; see CheckInView in the API's description. */
export interface View {
  /** the product's clock */
  now: string;
  state: "open" | "claimed" | "counted" | "expired" | "released" | "over";
  no: string;
  emergency: boolean;
  cause: string;
  place: string | null;
  reportAt: string | null;
  arriveBy: string;
  deptName: string;
  headcount: number | null;
  promised: number | null;
  arrival: {
    at: string;
    distanceM: number | null;
    late: boolean;
    headcount: number | null;
  } | null;
  radiusM: number;
  worstAccuracyM: number;
}

export interface Press {
  lng: number | null;
  lat: number | null;
  accuracyM: number | null;
  headcount: number;
  at?: string;
  photo?: string | null;
}

export type Answer<Body> =
  | { kind: "ok"; body: Body }
  /** the server says no; `said` ends with what to do */
  | { kind: "refused"; status: number; said: string }
  /** it could not be reached, or is not well: worth another try */
  | { kind: "away" };

export type PressAnswer = View & { photoProblem: string | null };

/** @param path - `/c/KEY`, the page's own address */
export const readView = (path: string): Promise<Answer<View>> => ask(`${path}/data`, undefined);

export const sendPress = (path: string, press: Press): Promise<Answer<PressAnswer>> =>
  ask(path, press);

/** Longer than a bad connection takes for a picture, shorter than patience. */
const GIVE_UP_MS = 30_000;

async function ask<Body>(url: string, body: unknown): Promise<Answer<Body>> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), GIVE_UP_MS);
  try {
    const response = await fetch(url, {
      cache: "no-store",
      signal: giveUp.signal,
      ...(body === undefined
        ? {}
        : {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(body),
          }),
    });
    if (response.ok) return { kind: "ok", body: (await response.json()) as Body };
    if (response.status >= 500) return { kind: "away" };
    const problem = (await response.json()) as Refusal;
    return { kind: "refused", status: response.status, said: words.refused(problem) };
  } catch {
    return { kind: "away" };
  } finally {
    clearTimeout(timer);
  }
}
