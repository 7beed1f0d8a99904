/** The address to use, or null where it must not be called. */
export type TrustUrl = (text: string, kind: UrlKind) => URL | null;
export type UrlKind = "web" | "socket";

/** One label at least before `dingtalk.com`; the hosts change, so none is written down. */
const DINGTALK_HOST = /^([a-z0-9-]+\.)+dingtalk\.com$/;

/**
 * Guards against being sent elsewhere: session webhooks, socket endpoints and downloads arrive inside
 * messages and answers, so they are followed only to DingTalk's hosts and to `host:port` of the base
 * settings. Towards DingTalk's hosts a plain address is raised to its encrypted form.
 *
 * @param bases - `DINGTALK_API_BASE` and `DINGTALK_OAPI_BASE`
 */
export function trustUrls(bases: readonly string[]): TrustUrl {
  const origins = bases.map((base) => new URL(base));
  return (text, kind) => {
    const url = parse(text);
    if (url === null || !schemeFits(url, kind)) return null;
    if (url.username !== "" || url.password !== "") return null;
    if (origins.some((origin) => sameHost(url, origin))) return url;
    if (DINGTALK_HOST.test(url.hostname) && url.port === "") return encrypted(url, kind);
    return null;
  };
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

const isEncrypted = (url: URL) => url.protocol === "https:" || url.protocol === "wss:";

const schemeFits = (url: URL, kind: UrlKind) =>
  kind === "web" ? /^https?:$/.test(url.protocol) : /^wss?:$/.test(url.protocol);

function sameHost(url: URL, origin: URL): boolean {
  if (url.hostname !== origin.hostname || portOf(url) !== portOf(origin)) return false;
  return isEncrypted(url) || !isEncrypted(origin);
}

const portOf = (url: URL) => url.port || (isEncrypted(url) ? "443" : "80");

function encrypted(url: URL, kind: UrlKind): URL {
  const raised = new URL(url);
  raised.protocol = kind === "web" ? "https:" : "wss:";
  return raised;
}
