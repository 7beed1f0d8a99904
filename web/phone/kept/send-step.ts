import type { KeptPress, Step } from "./press.ts";

export type StepAnswer =
  | { kind: "ok"; body: unknown }
  /** the server says no; `said` ends with what to do */
  | { kind: "refused"; said: string }
  /** it could not be reached, is not well, or wants us to sign in: worth another try */
  | { kind: "away" };

/** Longer than a bad connection takes for a picture, shorter than patience. */
const GIVE_UP_MS = 30_000;
/** Too fast, signed out, an old proof: the same will do later. */
const LATER = [401, 408, 425, 429];

export async function sendStep(press: KeptPress, step: Step, csrf: string): Promise<StepAnswer> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), GIVE_UP_MS);
  const isPicture = step.body instanceof ArrayBuffer;
  try {
    const response = await fetch(step.path, {
      method: step.method,
      credentials: "same-origin",
      cache: "no-store",
      signal: giveUp.signal,
      headers: {
        "content-type": isPicture ? "image/jpeg" : "application/json",
        "x-yihu-csrf": csrf,
        ...(step.kind === "act" ? { "idempotency-key": press.key } : {}),
      },
      body: step.body instanceof ArrayBuffer ? step.body : bodyOf(press, step.body),
    });
    if (response.ok) return { kind: "ok", body: await response.json() };
    if (response.status >= 500 || LATER.includes(response.status)) return { kind: "away" };
    const problem = (await response.json()) as { detail?: string; code?: string };
    if (problem.code === "csrfRefused") return { kind: "away" };
    return { kind: "refused", said: problem.detail ?? String(response.status) };
  } catch {
    return { kind: "away" };
  } finally {
    clearTimeout(timer);
  }
}

const bodyOf = (press: KeptPress, body: Record<string, unknown>): string =>
  JSON.stringify(press.photos.length > 0 ? { ...body, photos: press.photos } : body);
