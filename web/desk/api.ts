import type { PhotoStage } from "../../services/domain/photo-stage.ts";
import type { AlarmResource } from "../../services/http/resources/alarm.ts";
import type { CallTicketResource } from "../../services/http/resources/call-ticket.ts";
import type { EventResource } from "../../services/http/resources/event.ts";
import type { ObligationResource } from "../../services/http/resources/obligation.ts";
import { call, keepToken } from "../signed-in/call-api.ts";

/** The HTTP API as the desk uses it, with the rights of whoever is signed in. */

export type Event = EventResource;
export type Alarm = AlarmResource;
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
  status: Event["status"];
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
  photos: { id: string; stage: PhotoStage; at: string; by: string | null }[];
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

export async function fetchMe(): Promise<Me> {
  const me = await call<Me>("GET", "/api/session");
  keepToken(me.csrf);
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

export const fetchAlarms = (query: Record<string, string>) =>
  call<Page<Alarm>>("GET", `/api/alarms?${new URLSearchParams(query)}`);
export const actOnAlarm = (no: string, command: object) =>
  call<Alarm>("POST", `/api/alarms/${encodeURIComponent(no)}/actions`, command);

export const fetchObligations = (query: Record<string, string>) =>
  call<Page<Obligation>>("GET", `/api/obligations?${new URLSearchParams(query)}`);

export const fetchLooking = () => call<{ items: Looking[] }>("GET", "/api/looking");
export const lookAt = (no: string | null) =>
  call<{ items: Looking[] }>("PUT", "/api/looking", { no });
