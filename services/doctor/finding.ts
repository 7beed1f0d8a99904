/** What one check saw: one line, and what to do unless all is well. */
export type Finding =
  | { verdict: "ok"; what: string; text: string }
  | { verdict: "warning" | "failed"; what: string; text: string; advice: string };

/** @param what - the thing looked at, such as `database` */
export const ok = (what: string, text: string): Finding => ({ verdict: "ok", what, text });

/** It works, but somebody should look. */
export const warning = (what: string, text: string, advice: string): Finding => ({
  verdict: "warning",
  what,
  text,
  advice,
});

/** The product cannot do its work like this. */
export const failed = (what: string, text: string, advice: string): Finding => ({
  verdict: "failed",
  what,
  text,
  advice,
});

const SIGNS = { ok: "✓", warning: "!", failed: "✗" } as const;

/** As the doctor prints it. */
export function told(finding: Finding): string {
  const line = `${SIGNS[finding.verdict]} ${finding.what}: ${finding.text}`;
  return finding.verdict === "ok" ? line : `${line}\n  → ${finding.advice}`;
}

/** The reason of a fault in a few words, without addresses, parameters or people's data. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown reason";
  if (error.cause instanceof Error) return reasonOf(error.cause);
  const { code } = error as Error & { code?: unknown };
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return typeof code === "string" && error.message === "" ? code : error.message || error.name;
}
