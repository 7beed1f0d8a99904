import pg from "pg";

export interface RecordedStatement {
  text: string;
  values: readonly unknown[];
}

/**
 * Notes every statement that this process sends to PostgreSQL, one example of each text, until `stop`.
 * Where they are made does not matter: the driver is listened at.
 */
export function recordStatements(): { statements(): RecordedStatement[]; stop(): void } {
  const seen = new Map<string, RecordedStatement>();
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first, second] = args;
    const config = typeof first === "string" ? { text: first } : (first as Partial<Sent>);
    const { text } = config;
    const values = config.values ?? (Array.isArray(second) ? second : []);
    if (text !== undefined && !seen.has(text)) seen.set(text, { text, values: [...values] });
    return Reflect.apply(original, this, args);
  } as typeof original;
  return {
    statements: () => [...seen.values()],
    stop() {
      pg.Client.prototype.query = original;
    },
  };
}

interface Sent {
  text: string;
  values: unknown[];
}
