/** Everything an error was caused by, itself first. */
function* causes(error: unknown): Generator<Record<string, unknown> & { message?: unknown }> {
  let current = error;
  // Nobody chains this deep; a chain that bites its tail must not hold us.
  for (let depth = 0; depth < 10 && typeof current === "object" && current !== null; depth++) {
    yield current as Record<string, unknown>;
    current = (current as { cause?: unknown }).cause;
  }
}

const codesOf = (error: unknown): string[] =>
  [...causes(error)].flatMap(({ code }) => (typeof code === "string" ? [code] : []));

/** serialization_failure and deadlock_detected: the same transaction may succeed when tried again. */
export const isWorthAnotherTry = (error: unknown): boolean =>
  codesOf(error).some((code) => code === "40001" || code === "40P01");

/**
 * Connection exceptions, a server that starts or stops, one that no longer leads and takes no writes, no
 * free connection, and what sockets say.
 */
const AWAY_CODES =
  /^(08\w{3}|57P0[1-3]|25006|53300|ECONN(REFUSED|RESET|ABORTED)|E?TIMEDOUT|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH)$/;
/** What the drivers say without a code: `pg` of its pool and sockets, PGlite of itself. */
const AWAY_WORDS =
  /Connection terminated|encountered a connection error|is not queryable|timeout exceeded when trying to connect|Cannot use a pool after|PGlite is clos/i;

/** Whether the database could not be reached, as opposed to a statement that it refused. */
export const isDatabaseAway = (error: unknown): boolean =>
  codesOf(error).some((code) => AWAY_CODES.test(code)) ||
  [...causes(error)].some(({ message }) => AWAY_WORDS.test(String(message ?? "")));

/**
 * What may be written to a log of a fault: the innermost cause, without the statement and its values,
 * which hold people's words.
 */
export function loggableFault(error: unknown): Record<string, unknown> {
  const chain = [...causes(error)];
  const root = chain.at(-1);
  if (root === undefined) return { message: String(error) };
  const stack = typeof root.stack === "string" ? root.stack : "";
  return {
    name: root.name,
    code: root.code,
    message: root.message,
    at: stack.split("\n").filter((line) => line.trimStart().startsWith("at ")),
  };
}
