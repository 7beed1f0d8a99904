// Keeps the phone pages on the phone. With signal a page is always the server's newest; without, or when
// the server takes too long, it is what was kept. What people see and do is not this script's business.

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Lasting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  addEventListener(kind: "install" | "activate", hear: (event: Lasting) => void): void;
  addEventListener(kind: "fetch", hear: (event: Asked) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

const scope = self as unknown as Scope;
const SHELF = "yihu-phone";
const SHELL = "/m/";
const FILES = "/m/files.json";
const ASSETS = "/web/assets/";
/** Somebody stands in the rain meanwhile. */
const PATIENCE_MS = 3_000;

scope.addEventListener("install", (event) => {
  event.waitUntil(
    fetch(SHELL)
      .then(renew)
      .then(() => scope.skipWaiting()),
  );
});
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname.startsWith(SHELL)) event.respondWith(shell(event));
  else if (pathname.startsWith(ASSETS)) event.respondWith(asset(request));
});

async function shell(event: Asked): Promise<Response> {
  const fresh = fetch(SHELL, { cache: "no-cache" });
  event.waitUntil(fresh.then((answer) => renew(answer.clone())).catch(() => {}));
  const kept = await (await caches.open(SHELF)).match(SHELL);
  if (kept === undefined) return fresh;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([
    fresh.then((answer) => (answer.ok ? answer : kept)).catch(() => kept),
    late,
  ]);
}

/** Files bear a hash of what is in them: what was kept once is right for ever. */
async function asset(request: Request): Promise<Response> {
  return (await (await caches.open(SHELF)).match(request)) ?? fetch(request);
}

/** Another page than the one that is kept: its files first, then the page, then the old ones go. */
async function renew(answer: Response): Promise<void> {
  if (!answer.ok) return;
  const shelf = await caches.open(SHELF);
  const text = await answer.clone().text();
  if (text === (await (await shelf.match(SHELL))?.text())) return;
  const files = (await (await fetch(FILES, { cache: "no-cache" })).json()) as string[];
  const wanted = new Set([SHELL, ...files]);
  const kept = (await shelf.keys()).map(({ url }) => new URL(url).pathname);
  await shelf.addAll(files.filter((file) => !kept.includes(file)));
  await shelf.put(SHELL, answer);
  for (const path of kept) if (!wanted.has(path)) await shelf.delete(path);
}
