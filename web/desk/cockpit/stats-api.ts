import type { Measure } from "../../../services/domain/rows-behind.ts";
import type { AnyRate, BareRates } from "../../../services/http/resources/stats.ts";
import { call } from "../../signed-in/call-api.ts";
import type { Call, Event, Page } from "../api.ts";

/** Figures as the API tells them; `query` is period and place. */
export type Query = Record<string, string>;
export type { AnyRate, BareRates, Measure };

export interface BareRate {
  numerator: number;
  denominator: number;
  value: number | null;
}

export interface Rate extends BareRate {
  name: string;
  definition: string;
}

export interface Compared {
  from: string;
  to: string;
  created: number;
  rates: BareRates;
}

export interface Overview {
  scope: { from: string | null; to: string | null; org: string | null };
  rates: Record<AnyRate, Rate>;
  counts: {
    created: number;
    open: number;
    completed: number;
    closed: number;
    byLevel: Record<string, number>;
    bySource: Record<string, number>;
    byStatus: Record<string, number>;
  };
  previous?: Compared;
  lastYear?: Compared;
}

export const BREAKDOWNS = ["street", "grid", "department", "category"] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

export interface Part {
  key: string;
  name: string;
  created: number;
  open: number;
  rates: BareRates;
}

export interface Stretch {
  from: string;
  to: string;
  created: number;
  completed: number;
  rates: BareRates;
}

export interface HeatCell {
  weekday: number;
  hour: number;
  created: number;
}

export interface Grid {
  code: string;
  name: string;
  communityName: string;
  streetCode: string | null;
  center: { lng: number; lat: number } | null;
  boundary: [number, number][][][] | null;
  created: number;
  open: number;
}

export interface GridMap {
  tiles: { url: string; attribution: string }[];
  grids: Grid[];
  events: { no: string; lng: number; lat: number; urgent: boolean }[];
}

export interface Row {
  type: "event" | "callTicket";
  no: string;
  visible: boolean;
  summary: string | null;
  status: Event["status"] | Call["status"] | null;
  category: string | null;
  level: number | null;
  streetCode: string | null;
  createdAt: string;
  dueAt: string | null;
  deptCode: string | null;
  value: number | null;
}

const ask = <Answer>(what: string, query: Query) =>
  call<Answer>("GET", `/api/stats/${what}?${new URLSearchParams(query)}`);

export const fetchOverview = (query: Query) =>
  ask<Overview>("overview", { ...query, compare: "true" });
export const fetchBreakdown = (query: Query, by: Breakdown) =>
  ask<{ items: Part[] }>("breakdown", { ...query, by });
export const fetchTrend = (query: Query) =>
  ask<{ unit: "day" | "week" | "month"; items: Stretch[] }>("trend", query);
export const fetchHeat = (query: Query) => ask<{ items: HeatCell[] }>("heat", query);
export const fetchMap = (query: Query) => ask<GridMap>("map", query);
export const fetchRows = (query: Query) => ask<Page<Row>>("list", query);
