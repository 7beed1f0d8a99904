import { computed, ref, shallowRef } from "vue";
import { heardTime } from "../desk/product-time.ts";
import { ApiError } from "../signed-in/call-api.ts";
import { fetchMe, fetchOrgs, type Me } from "./api.ts";
import { empty, get, put } from "./kept/phone-store.ts";
import { askOrRecall, tidySeen } from "./kept/seen-answers.ts";

/** What every phone page shares: who is signed in, the names behind codes, whether there is signal. */

export const me = shallowRef<Me | null>(null);
export const isOnline = ref(navigator.onLine);
const names = shallowRef(new Map<string, string>());

export const orgName = (code: string | null): string =>
  code === null ? "" : (names.value.get(code) ?? code);
export const categoryName = (slug: string): string => names.value.get(slug) ?? slug;
/** as presses are kept by it */
export const personKey = computed(() => me.value?.personId ?? "token");
export const mayPatrol = computed(
  () =>
    me.value?.personId != null &&
    me.value.roles.some((role) => role === "gridWorker" || role === "gridLeader"),
);

addEventListener("online", () => {
  isOnline.value = true;
});
addEventListener("offline", () => {
  isOnline.value = false;
});

const AHEAD = "yihu.clockAhead";

/** Without signal it opens as whoever was signed in last; what waits is sent as them or not at all. */
export async function openHere(): Promise<void> {
  const { answer, since } = await askOrRecall("me", fetchMe, withoutProof);
  if (since === null) {
    heardTime(answer.now);
    keepAhead(Date.parse(answer.now) - Date.now());
    await forgetOthers(answer);
  } else {
    heardTime(new Date(Date.now() + keptAhead()).toISOString());
  }
  me.value = answer;
  try {
    const { answer: directory } = await askOrRecall("names", fetchOrgs);
    names.value = new Map([
      ...directory.orgs.map(({ code, name }) => [code, name] as const),
      ...directory.categories.map(({ slug, name }) => [slug, name] as const),
    ]);
  } catch {
    // Codes are shown instead.
  }
  await tidySeen();
}

/** What somebody else saw on this phone is nobody's business. Presses stay: they know whose they are. */
async function forgetOthers(now: Me): Promise<void> {
  const owner = now.personId ?? "token";
  const before = await get<{ key: string; owner: string }>("drafts", "owner");
  await put("drafts", { key: "owner", owner } as { key: string });
  if (before === undefined || before.owner === owner) return;
  await forgetSeen();
  await askOrRecall("me", async () => now, withoutProof);
}

export const forgetSeen = (): Promise<void> => empty("answers");

const withoutProof = (known: Me): Me => ({ ...known, csrf: null });

function keepAhead(ms: number): void {
  try {
    localStorage.setItem(AHEAD, String(ms));
  } catch {
    // The phone's own clock will do.
  }
}

function keptAhead(): number {
  try {
    return Number(localStorage.getItem(AHEAD) ?? 0) || 0;
  } catch {
    return 0;
  }
}

export interface Said {
  id: number;
  kind: "good" | "wait" | "bad";
  text: string;
}

export const said = ref<Said[]>([]);
let lastId = 0;
const STAYS_MS = { good: 6_000, wait: 10_000, bad: 15_000 };

export function say(kind: Said["kind"], text: string): void {
  const id = ++lastId;
  said.value = [...said.value.slice(-1), { id, kind, text }];
  setTimeout(() => unsay(id), STAYS_MS[kind]);
}

export function unsay(id: number): void {
  said.value = said.value.filter((one) => one.id !== id);
}

export const sayProblem = (error: unknown): void =>
  say("bad", error instanceof ApiError ? error.message : String(error));
