import { computed, ref, shallowRef } from "vue";
import { ApiError } from "../signed-in/call-api.ts";
import { type Directory, fetchDirectory, fetchMe, type Me } from "./api.ts";
import { heardTime } from "./product-time.ts";
import { words } from "./words.ts";

/** What every page of the desk shares: who is signed in, the names behind codes, what is said to them. */

export const me = shallowRef<Me | null>(null);
const directory = shallowRef<Directory>({ orgs: [], categories: [] });

export const orgs = computed(() => directory.value.orgs);
export const categories = computed(() => directory.value.categories);
const orgNames = computed(() => new Map(orgs.value.map(({ code, name }) => [code, name])));
const categoryNames = computed(
  () => new Map(categories.value.map(({ slug, name }) => [slug, name])),
);

export const orgName = (code: string | null): string =>
  code === null ? "" : (orgNames.value.get(code) ?? code);
export const categoryName = (slug: string): string => categoryNames.value.get(slug) ?? slug;

export async function openDesk(): Promise<void> {
  me.value = await fetchMe();
  heardTime(me.value.now);
  directory.value = await fetchDirectory();
}

export interface Said {
  id: number;
  kind: "done" | "problem";
  text: string;
}

export const said = ref<Said[]>([]);
let lastId = 0;
const STAYS_MS = { done: 4000, problem: 12_000 };

/** Says something at the edge of the page; it goes by itself, a problem later than a success. */
export function say(kind: Said["kind"], text: string): void {
  const id = ++lastId;
  said.value = [...said.value.slice(-2), { id, kind, text }];
  setTimeout(() => unsay(id), STAYS_MS[kind]);
}

export function unsay(id: number): void {
  said.value = said.value.filter((one) => one.id !== id);
}

export const sayProblem = (error: unknown): void =>
  say("problem", error instanceof ApiError ? error.message : words().broken);
