/** Every line that the product logged while one test file ran, in this process and in those that it started. */
const lines: string[] = [];

export const noteLogged = (line: string): void => void lines.push(line);

/** Of a process's output the lines of its log; what it prints for its operator is none. */
export function noteOutput(output: string): void {
  for (const line of output.split("\n")) if (line.startsWith('{"level":')) noteLogged(line);
}

/** Takes what was logged until now. */
export const takeLogged = (): string[] => lines.splice(0);

/** Secrets and people's words as the tests use them, and everything of their shapes. */
const FORBIDDEN: readonly RegExp[] = [
  /the-admin-token-of-these-tests|an-admin-token-for-tests|a-token-of-enough-signs/,
  /a-client-secret|a-secret-of-the-app|an-outgoing-token-of-enough-signs/,
  /an-agent-secret|a-wechat-secret|a-kf-secret|jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C/,
  /yh_[\w-]{30,}/,
  /whsec_[A-Za-z0-9+/]{20,}/,
  /yihu_session=[\w-]{20,}/,
  /Bearer [\w.-]{16,}/i,
  // Phones and numbers of identity cards.
  /(?<![\d.])1[3-9]\d{9}(?!\d)/,
  /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx](?!\d)/,
  // Words of residents, as most stories say them.
  /没人倒|满出来了|垃圾桶满|着火了|路灯不亮|电梯坏了/,
];

/** Ids and hashes are long runs of digits by chance. */
const withoutIds = (line: string): string =>
  line.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}/g, "ID");

/** The lines that hold what no log may hold. */
export const tellingLines = (logged: readonly string[]): string[] =>
  logged.filter((line) => FORBIDDEN.some((pattern) => pattern.test(withoutIds(line))));
