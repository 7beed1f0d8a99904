import { shallowRef } from "vue";
import { type Call, fetchCalls } from "../api.ts";

const OPEN = [
  "draft",
  "pendingApproval",
  "approvalRejected",
  "approved",
  "assessing",
  "assessReturned",
  "dispatched",
  "onSite",
  "pendingClosing",
];
/** A call stays on the board after closing, for its scores, the visit and the archive. */
const SHOWN = [...OPEN, "closed"];

/** The calls of the board, as somebody may see them. */
export function callStore() {
  const calls = shallowRef<ReadonlyMap<string, Call>>(new Map());

  const put = (found: readonly Call[], gone: readonly string[] = []) => {
    const next = new Map(calls.value);
    for (const no of gone) next.delete(no);
    for (const call of found) {
      if (SHOWN.includes(call.status)) next.set(call.no, call);
      else next.delete(call.no);
    }
    calls.value = next;
  };

  async function load(): Promise<void> {
    const found: Call[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof fetchCalls>> = await fetchCalls({
        status: SHOWN.join(","),
        limit: "100",
        ...(cursor === null ? {} : { cursor }),
      });
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null && found.length < 1000);
    calls.value = new Map(found.map((call) => [call.no, call]));
  }

  async function refresh(nos: readonly string[]): Promise<void> {
    const asked = nos.slice(0, 100);
    const { items } = await fetchCalls({ no: asked.join(","), limit: "100" });
    const found = new Set(items.map(({ no }) => no));
    put(
      items,
      asked.filter((no) => !found.has(no)),
    );
  }

  return { calls, load, refresh, put };
}

export const isOpenCall = (call: Call): boolean => OPEN.includes(call.status);
