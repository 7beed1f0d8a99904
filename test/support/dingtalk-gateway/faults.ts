import type { Reply } from "./http-exchange.ts";
import { apiError } from "./http-exchange.ts";

/** What goes wrong with a call. `/connect` is the upgrade of the socket. */
export type Fault =
  | "timeout"
  | "reset"
  | "html"
  | "unauthorized"
  | "qps"
  | "busy"
  | { status: number; body?: unknown; headers?: Record<string, string> };

export interface Faults {
  /** The next `times` calls of `path` fail in this way. */
  next(path: string, fault: Fault, times?: number): void;
  /** Calls of `path` fail until `clear`. */
  always(path: string, fault: Fault): void;
  clear(path?: string): void;
  /** For the server: the fault that this call meets. */
  take(path: string): Fault | null;
}

export function createFaults(): Faults {
  const waiting = new Map<string, { fault: Fault; left: number }[]>();
  return {
    next: (path, fault, times = 1) => add(path, fault, times),
    always: (path, fault) => add(path, fault, Number.POSITIVE_INFINITY),
    clear: (path) => (path === undefined ? waiting.clear() : void waiting.delete(path)),
    take: (path) => {
      const queue = waiting.get(path);
      const first = queue?.[0];
      if (queue === undefined || first === undefined) return null;
      first.left -= 1;
      if (first.left <= 0) queue.shift();
      return first.fault;
    },
  };

  function add(path: string, fault: Fault, left: number): void {
    waiting.set(path, [...(waiting.get(path) ?? []), { fault, left }]);
  }
}

const HTML = "<html><body>400 The plain HTTP request was sent to HTTPS port</body></html>";

export function replyOfFault(fault: Fault): Reply {
  switch (fault) {
    case "timeout":
    case "reset":
      return { fails: fault };
    case "html":
      return { status: 400, body: HTML };
    case "unauthorized":
      return apiError(401, "InvalidAuthentication", "不合法的access_token");
    case "qps":
      return apiError(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "请求过快");
    case "busy":
      return apiError(503, "ServiceUnavailable", "服务不可用");
    default:
      return {
        status: fault.status,
        body: fault.body ?? { code: "fault", message: "injected" },
        ...(fault.headers === undefined ? {} : { headers: fault.headers }),
      };
  }
}
