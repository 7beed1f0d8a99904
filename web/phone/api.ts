import type { PhotoStage } from "../../services/domain/photo-stage.ts";
import type { AlarmResource } from "../../services/http/resources/alarm.ts";
import type { CallTicketResource } from "../../services/http/resources/call-ticket.ts";
import type { EventResource } from "../../services/http/resources/event.ts";
import type { ObligationResource } from "../../services/http/resources/obligation.ts";
import { ApiError, call, keepToken } from "../signed-in/call-api.ts";

/** The HTTP API as the phone pages use it, with the rights of whoever is signed in. */

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
  now: string;
}

export interface Around {
  pictures: { id: string; at: string }[];
  photos: { id: string; stage: PhotoStage; at: string; by: string | null }[];
}

export interface Patrol {
  at: string;
  startedAt: string | null;
  counts: Record<string, number>;
  note: string | null;
}

interface Page<Item> {
  items: Item[];
}

/** @param away - `leave`: to where one signs in, where nobody is signed in; `stay`: only told so */
export async function fetchMe(away: "leave" | "stay" = "leave"): Promise<Me> {
  const me = away === "leave" ? await call<Me>("GET", "/api/session") : await quietly();
  keepToken(me.csrf);
  return me;
}

async function quietly(): Promise<Me> {
  let response: Response;
  try {
    response = await fetch("/api/session", { credentials: "same-origin", cache: "no-store" });
  } catch {
    throw new ApiError(0, "unreachable", "");
  }
  if (!response.ok) throw new ApiError(response.status, "", "");
  return (await response.json()) as Me;
}

export const signOut = () => call("DELETE", "/api/session");
export const fetchOrgs = () =>
  call<{ orgs: { code: string; name: string }[]; categories: { slug: string; name: string }[] }>(
    "GET",
    "/api/directory",
  );

/** What a person or an organisation owes, the earliest due first; nobody named: everybody. */
export const fetchDuties = async (owner: string | null): Promise<Obligation[]> => {
  const query = new URLSearchParams({ limit: "100", ...(owner === null ? {} : { owner }) });
  return (await call<Page<Obligation>>("GET", `/api/obligations?${query}`)).items;
};
export const fetchAlarms = async (query: Record<string, string>): Promise<AlarmResource[]> =>
  (await call<Page<AlarmResource>>("GET", `/api/alarms?${new URLSearchParams(query)}`)).items;
export const fetchEvents = async (query: Record<string, string>): Promise<Event[]> =>
  (
    await call<Page<Event>>(
      "GET",
      `/api/events?${new URLSearchParams({ steps: "false", ...query })}`,
    )
  ).items;
export const fetchCalls = async (query: Record<string, string>): Promise<Call[]> =>
  (await call<Page<Call>>("GET", `/api/call-tickets?${new URLSearchParams(query)}`)).items;
export const fetchEvent = (no: string) =>
  call<Event>("GET", `/api/events/${encodeURIComponent(no)}`);
export const fetchAround = (no: string) =>
  call<Around>("GET", `/api/events/${encodeURIComponent(no)}/surroundings`);
export const fetchCall = (no: string) =>
  call<Call>("GET", `/api/call-tickets/${encodeURIComponent(no)}`);
export const fetchPatrols = async (): Promise<Patrol[]> =>
  (await call<Page<Patrol>>("GET", "/api/patrols")).items;
export const fetchReport = (messageId: string) =>
  call<{ status: string; kind: string | null; events: { no: string }[] }>(
    "GET",
    `/api/reports/${messageId}`,
  );
