import type { Press } from "./api.ts";

/** A press that could not be sent yet, with the time it was made; it outlives the page. */
export type KeptPress = Press & { at: string };

/** @param path - of the link; each link has its own */
export function keptPresses(storage: Storage | null, path: string) {
  const name = `yihu-press:${path.slice(-12)}`;
  return {
    /**
     * The first press stays, whatever is pressed again while there is no network, unless only a later
     * one knows where it was. Without room for the picture it is left out.
     *
     * @returns what is kept; null where the phone keeps nothing
     */
    keep(press: KeptPress): KeptPress | null {
      const before = read();
      if (before !== null && (before.lng !== null || press.lng === null)) return before;
      return store(press) || store({ ...press, photo: null }) ? press : null;
    },
    read,
    forget(): void {
      try {
        storage?.removeItem(name);
      } catch {
        // A browser that keeps nothing has nothing to forget.
      }
    },
  };

  function read(): KeptPress | null {
    try {
      const text = storage?.getItem(name) ?? null;
      return text === null ? null : (JSON.parse(text) as KeptPress);
    } catch {
      return null;
    }
  }

  function store(press: KeptPress): boolean {
    if (storage === null) return false;
    try {
      storage.setItem(name, JSON.stringify(press));
      return true;
    } catch {
      return false;
    }
  }
}
