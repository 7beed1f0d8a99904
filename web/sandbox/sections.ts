import type { Conversation } from "./api.ts";

export interface Section {
  title: string;
  conversations: Conversation[];
  /** how many more there are */
  hidden: number;
}

/** Every kind of group is in sight at once, however many groups a district has. */
const SHOWN_AT_FIRST = { resident: 4, work: 3, call: 3, private: 4 } as const;

const TITLES = [
  ["resident", "居民群"],
  ["work", "工作群"],
  ["call", "街呼区应群"],
  ["private", "和一呼单独聊"],
] as const;

/**
 * The list by kind, within a kind the latest talk first, as in any chat.
 *
 * @param typed - narrows by name; a search shows all it finds
 * @param unfolded - titles of sections that are shown whole
 */
export function sectionsOf(
  conversations: readonly Conversation[],
  typed: string,
  unfolded: ReadonlySet<string>,
  openId: string | null,
): Section[] {
  const word = typed.trim();
  return TITLES.flatMap(([kind, title]) => {
    const found = conversations
      .filter((one) => one.kind === kind && (word === "" || one.name.includes(word)))
      .sort((a, b) => (b.last?.id ?? "").localeCompare(a.last?.id ?? ""));
    if (found.length === 0) return [];
    const whole = word !== "" || unfolded.has(title);
    const shown = found.filter(
      (one, at) => whole || at < SHOWN_AT_FIRST[kind] || one.conversationId === openId,
    );
    return [{ title, conversations: shown, hidden: found.length - shown.length }];
  });
}
