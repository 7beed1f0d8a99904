/** What lies on the phone: presses that wait, answers that were seen, the patrol that is under way. */
const NAME = "yihu-phone";
export const STORES = ["presses", "answers", "drafts"] as const;
export type StoreName = (typeof STORES)[number];

let opened: Promise<IDBDatabase | null> | null = null;

/** null where the browser keeps nothing: private windows, some web views. */
export function phoneStore(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    try {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        for (const name of STORES) asked.result.createObjectStore(name, { keyPath: "key" });
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(null);
      asked.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opened;
}

/** Keeps a row under its `key`. @returns false where it could not be kept */
export const put = async (store: StoreName, row: { key: string }): Promise<boolean> =>
  (await ask(store, "readwrite", (rows) => rows.put(row))) !== undefined;

export const get = <Row>(store: StoreName, key: string): Promise<Row | undefined> =>
  ask<Row>(store, "readonly", (rows) => rows.get(key));

export const all = async <Row>(store: StoreName): Promise<Row[]> =>
  (await ask<Row[]>(store, "readonly", (rows) => rows.getAll())) ?? [];

export const remove = async (store: StoreName, key: string): Promise<void> => {
  await ask(store, "readwrite", (rows) => rows.delete(key));
};

export const empty = async (store: StoreName): Promise<void> => {
  await ask(store, "readwrite", (rows) => rows.clear());
};

/** Resolves once it is written; undefined where it failed, or nothing is there. */
async function ask<Result>(
  store: StoreName,
  mode: IDBTransactionMode,
  what: (rows: IDBObjectStore) => IDBRequest,
): Promise<Result | undefined> {
  const database = await phoneStore();
  if (database === null) return undefined;
  return new Promise((resolve) => {
    try {
      const work = database.transaction(store, mode);
      const request = what(work.objectStore(store));
      work.oncomplete = () => resolve(request.result as Result);
      work.onerror = () => resolve(undefined);
      work.onabort = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}
