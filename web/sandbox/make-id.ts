/** `crypto.randomUUID` exists only on https and this machine; a sandbox on a training network is neither. */
export function makeId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `web-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
