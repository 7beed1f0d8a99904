import { computed, shallowRef } from "vue";
import { ApiError } from "../../signed-in/call-api.ts";
import { fetchMe, type Me } from "../api.ts";
import { say } from "../here.ts";
import { makeKey } from "../make-key.ts";
import { outcomeWords } from "./outcome-words.ts";
import { all, put, remove } from "./phone-store.ts";
import type { KeptPress, NewPress } from "./press.ts";
import { sendStep } from "./send-step.ts";

/** Everything pressed goes this way: kept on the phone first, then sent, in order, each once. */
export const presses = shallowRef<KeptPress[]>([]);
export const refused = computed(() => presses.value.filter(({ state }) => state === "refused"));
export const waiting = computed(() => presses.value.filter(({ state }) => state === "waiting"));
/** something waits, and the server wants somebody to sign in first */
export const needsSignIn = shallowRef(false);

export type Outcome =
  | { kind: "sent"; answer: unknown; said: string }
  | { kind: "refused"; said: string }
  /** it waits on the phone; `durable`: also when the page is closed */
  | { kind: "kept"; durable: boolean };

const AGAIN_MS = 10_000;
const OUTCOME_STAYS_MS = 86_400_000;
const answers = new Map<string, unknown>();
/** keys of presses whose page tells what came of them */
const awaited = new Set<string>();
let running: Promise<void> = Promise.resolve();

export async function startSending(): Promise<void> {
  const kept = await all<KeptPress>("presses");
  presses.value = kept.sort((a, b) => a.order - b.order);
  for (const one of kept) {
    if (one.state !== "waiting" && Date.now() - one.order > OUTCOME_STAYS_MS) await forget(one.key);
  }
  const retry = () => void (waiting.value.length > 0 && sendWaiting());
  addEventListener("online", retry);
  document.addEventListener("visibilitychange", () => document.hidden || retry());
  setInterval(retry, AGAIN_MS);
  retry();
}

/** Keeps what was pressed and tries to send it. What is refused at once is the page's to tell. */
export async function press(made: NewPress): Promise<Outcome> {
  const kept: KeptPress = {
    ...made,
    key: makeKey(),
    order: Date.now(),
    done: 0,
    photos: [],
    state: "waiting",
    said: null,
  };
  awaited.add(kept.key);
  const durable = await put("presses", kept);
  presses.value = [...presses.value, kept];
  await sendWaiting();
  const now = presses.value.find(({ key }) => key === kept.key);
  const answer = answers.get(kept.key);
  answers.delete(kept.key);
  awaited.delete(kept.key);
  if (now?.state === "waiting") return { kind: "kept", durable };
  await forget(kept.key);
  return now?.state === "refused"
    ? { kind: "refused", said: now.said ?? "" }
    : { kind: "sent", answer, said: now?.said ?? "" };
}

/** One run after the other; whoever asks during a run gets another after it. */
export function sendWaiting(): Promise<void> {
  running = running.then(
    () => alone(run),
    () => alone(run),
  );
  return running;
}

export async function forget(key: string): Promise<void> {
  presses.value = presses.value.filter((one) => one.key !== key);
  await remove("presses", key);
}

/** Two open pages send one after the other; where locks are unknown the server's own care is enough. */
const alone = (work: () => Promise<void>): Promise<void> =>
  navigator.locks === undefined ? work() : navigator.locks.request("yihu-presses", work);

async function run(): Promise<void> {
  if (waiting.value.length === 0) return;
  let me: Me;
  try {
    me = await fetchMe("stay");
    needsSignIn.value = false;
  } catch (error) {
    needsSignIn.value = error instanceof ApiError && error.status === 401;
    return;
  }
  for (const one of waiting.value) {
    if (one.personId !== (me.personId ?? "token")) continue;
    if (!(await sendOne(one, me.csrf ?? ""))) return;
  }
}

/** @returns false where the server was not reached: the others wait too, in their order */
async function sendOne(kept: KeptPress, csrf: string): Promise<boolean> {
  let now = kept;
  while (now.done < now.steps.length) {
    const step = now.steps[now.done];
    if (step === undefined) break;
    const answer = await sendStep(now, step, csrf);
    if (answer.kind === "away") return false;
    if (answer.kind === "refused" && step.kind === "act") {
      await change(now, { state: "refused", said: answer.said, steps: [] });
      tellLater(now, "bad", answer.said);
      return true;
    }
    // A picture that is none does not hold up the rest.
    const problem = answer.kind === "refused" ? answer.said : null;
    const photo =
      step.kind === "reportPhoto" && answer.kind === "ok"
        ? [(answer.body as { photo: string }).photo]
        : [];
    if (step.kind === "act" && answer.kind === "ok") {
      if (awaited.has(now.key)) answers.set(now.key, answer.body);
      const told = [outcomeWords(now, answer.body), now.said].filter(Boolean).join(" ");
      await change(now, { state: "sent", said: told, steps: [] });
      tellLater(now, "good", told);
      return true;
    }
    now = await change(now, {
      done: now.done + 1,
      photos: [...now.photos, ...photo],
      said: problem ?? now.said,
    });
  }
  return true;
}

/** Of what was pressed earlier no page waits to hear. */
function tellLater({ key, what }: KeptPress, kind: "good" | "bad", told: string): void {
  if (!awaited.has(key)) say(kind, `${what}:${told}`);
}

async function change(kept: KeptPress, to: Partial<KeptPress>): Promise<KeptPress> {
  const next = { ...kept, ...to };
  presses.value = presses.value.map((one) => (one.key === next.key ? next : one));
  await put("presses", next);
  return next;
}
