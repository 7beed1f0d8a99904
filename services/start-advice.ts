/** What an operator can do about the usual reasons why the product does not start; null for others. */
const ADVICE: Record<string, string> = {
  EADDRINUSE: "Another program uses this port. Stop it, or set PORT to another one.",
  EACCES:
    "This port or folder may not be used. Set PORT above 1023, or give the user the right to DATA_DIR.",
  EADDRNOTAVAIL: "This machine has no such address. Correct HOST; 127.0.0.1 is this machine alone.",
  ECONNREFUSED:
    "The database does not answer. Start PostgreSQL, or correct host and port in DATABASE_URL.",
  ENOTFOUND: "The database's host is unknown. Correct DATABASE_URL.",
  "28P01": "The database refuses the password. Correct DATABASE_URL.",
  "28000": "The database refuses the user. Correct DATABASE_URL, or allow the user in pg_hba.conf.",
  "3D000": "The database does not exist. Create it, or correct the name in DATABASE_URL.",
  "42501": "The database user may not create tables. Grant it CREATE on schema public.",
};

/** The error and its causes in words, ending with what to do where that is known. */
export function startFailure(error: unknown): string {
  const lines: string[] = [];
  let advice: string | null = null;
  for (let cause = error, depth = 0; cause !== undefined && depth < 8; depth++) {
    const { message, code } = (
      cause instanceof Error ? cause : { message: String(cause) }
    ) as Error & { code?: string };
    lines.push(depth === 0 ? message : `  because: ${message}`);
    advice = (code !== undefined && ADVICE[code]) || advice;
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return [...lines, ...(advice === null ? [] : [`  → ${advice}`])].join("\n");
}
