export interface HttpAnswer {
  status: number;
  /** undefined where the answer is not JSON, such as the HTML page of a proxy */
  body: unknown;
}

export interface PostOptions {
  fetch: typeof fetch;
  headers?: Readonly<Record<string, string>>;
  /** milliseconds for the whole exchange */
  within: number;
  signal?: AbortSignal;
  /** default: POST */
  method?: "POST" | "PUT";
}

/**
 * Posts JSON and reads the answer, whatever its status. Redirects are not followed: none of the calls
 * has one, and an address that was checked must stay the address that is called.
 *
 * @throws when there is no whole answer: no connection, no answer within the time, or an abort
 */
export async function postJson(
  url: string,
  body: unknown,
  options: PostOptions,
): Promise<HttpAnswer> {
  const time = AbortSignal.timeout(options.within);
  const response = await options.fetch(url, {
    method: options.method ?? "POST",
    // Without Accept the gateway answers in XML.
    headers: { "content-type": "application/json", accept: "application/json", ...options.headers },
    body: JSON.stringify(body),
    redirect: "manual",
    signal: options.signal === undefined ? time : AbortSignal.any([time, options.signal]),
  });
  return { status: response.status, body: parse(await response.text()) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The answer's field as text, or undefined; an answer may be anything. */
export function field(answer: unknown, name: string): string | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const value = (answer as Record<string, unknown>)[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
