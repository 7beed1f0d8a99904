/** Lets the worker keep the pages on the phone, so that they open without signal. They work without it. */
export function keepPages(): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/m/worker.js", { scope: "/m/" }).catch(() => {
    // A web view without workers, or a page that is not https: opened with signal only.
  });
}
