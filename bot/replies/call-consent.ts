/** Many more than one answer is read for: the oldest come up again once the newest are signed. */
const MOST = 5;

/** What to say instead of a bare 「同意」: the whole sentence, one line a call that waits. */
export function signWithNumber(waiting: readonly { no: string; summary: string }[]): string {
  const lines = waiting
    .slice(0, MOST)
    .map(({ no, summary }) => `要签批请回「签批同意 ${no}」:${summary}`);
  return [
    ...lines,
    ...(waiting.length > MOST ? [`还有${waiting.length - MOST}件待签批。`] : []),
  ].join("\n");
}
