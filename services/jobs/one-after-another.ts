/**
 * The same work, never twice at a time: whoever asks while it runs gets a run of their own after it. So
 * whoever moves the sandbox's clock sees everything done, even what the timetable has just begun.
 */
export function oneAfterAnother<T>(run: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(run);
    last = next.catch(() => {});
    return next;
  };
}
