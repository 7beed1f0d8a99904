import type { CallTicketResource } from "../../services/http/resources/call-ticket.ts";
import type { EventResource } from "../../services/http/resources/event.ts";
import type { ObligationResource } from "../../services/http/resources/obligation.ts";

/** The HTTP API as the desk uses it, with the rights of whoever is signed in. */

export type Event = EventResource;
export type Call = CallTicketResource;
export type Obligation = ObligationResource;

export interface Me {
  personId: string | null;
  name: string | null;
  roles: string[];
  roleNames: string[];
  orgCode: string | null;
  streetCode: string | null;
  csrf: string | null;
  expiresAt: string | null;
  now: string;
}

export interface Directory {
  orgs: { code: string; name: string; type: string; streetCode: string | null }[];
  categories: { slug: string; name: string }[];
}

export interface Nearby {
  no: string;
  statusName: string;
  category: string;
  summary: string;
  place: string | null;
  createdAt: string;
  reporterCount: number;
  distanceM: number | null;
  likely: boolean;
}

export interface Surroundings {
  candidates: { category: string; categoryName: string; score: number }[];
  suggestion: {
    orgCode: string;
    orgName: string;
    supportOrgCodes: string[];
    because: string;
  } | null;
  nearby: Nearby[];
  pictures: { id: string; at: string }[];
}

export interface Looking {
  no: string;
  personId: string;
  name: string;
}

export interface SignedIn {
  id: string;
  device: string;
  createdAt: string;
  expiresAt: string;
  current: boolean;
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** What the product refused, in its own words, or that it could not be reached (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

let csrf: string | null = null;

export async function fetchMe(): Promise<Me> {
  const me = await call<Me>("GET", "/api/session");
  csrf = me.csrf;
  return me;
}

export const signOut = () => call("DELETE", "/api/session");
export const fetchSessions = () => call<{ items: SignedIn[] }>("GET", "/api/sessions");
export const endSession = (id: string) => call("DELETE", `/api/sessions/${id}`);
export const fetchDirectory = () => call<Directory>("GET", "/api/directory");

export const fetchEvents = (query: Record<string, string>) =>
  call<Page<Event>>("GET", `/api/events?${new URLSearchParams({ steps: "false", ...query })}`);
export const fetchEvent = (no: string) =>
  call<Event>("GET", `/api/events/${encodeURIComponent(no)}`);
export const fetchSurroundings = (no: string) =>
  call<Surroundings>("GET", `/api/events/${encodeURIComponent(no)}/surroundings`);
export const actOnEvent = (no: string, command: object) =>
  call<Event>("POST", `/api/events/${encodeURIComponent(no)}/actions`, command);

export const fetchCalls = (query: Record<string, string>) =>
  call<Page<Call>>("GET", `/api/call-tickets?${new URLSearchParams(query)}`);
export const actOnCall = (no: string, command: object) =>
  call<Call>("POST", `/api/call-tickets/${encodeURIComponent(no)}/actions`, command);

export const fetchObligations = (query: Record<string, string>) =>
  call<Page<Obligation>>("GET", `/api/obligations?${new URLSearchParams(query)}`);

export const fetchLooking = () => call<{ items: Looking[] }>("GET", "/api/looking");
export const lookAt = (no: string | null) =>
  call<{ items: Looking[] }>("PUT", "/api/looking", { no });

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(method === "GET" || csrf === null ? {} : { "x-yihu-csrf": csrf }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(0, "unreachable", "连不上一呼。请检查网络后重试。");
  }
  if (response.status === 401) {
    leave();
    throw new ApiError(401, "signedOut", "登录已结束。请重新登录。");
  }
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Answer;
}

let leaving = false;

/** To where one signs in, once: several answers may say so at the same moment. */
export function leave(): void {
  if (leaving) return;
  leaving = true;
  location.replace("/login");
}

async function problemOf(response: Response): Promise<ApiError> {
  try {
    const { code, detail } = (await response.json()) as { code?: string; detail?: string };
    if (typeof detail === "string") return new ApiError(response.status, code ?? "", detail);
  } catch {
    // Not every proxy answers with JSON; the status says enough then.
  }
  return new ApiError(response.status, "", `没有办成(${response.status})。请稍后再试。`);
}
