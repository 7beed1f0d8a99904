/** What the browser keeps for next time; a browser that keeps nothing only forgets. */
const KEY = "yihu-sandbox";

interface Remembered {
  /** who spoke last, per conversation */
  speakers: Record<string, string>;
  conversationId: string | null;
  /** names typed for residents */
  residents: string[];
}

const NOTHING: Remembered = { speakers: {}, conversationId: null, residents: [] };

export function remembered(): Remembered {
  try {
    return { ...NOTHING, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as object) };
  } catch {
    return { ...NOTHING };
  }
}

export function remember(changes: Partial<Remembered>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...changes }));
  } catch {
    // Private windows may refuse; nothing depends on it.
  }
}
