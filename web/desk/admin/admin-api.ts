import type { LimitName, LimitUnit } from "../../../services/domain/limits.ts";
import { call } from "../../signed-in/call-api.ts";

/** The part of the HTTP API that administrators use. */

export interface UploadedFile {
  name: string;
  /** Base64 */
  content: string;
}

export interface RowChange {
  kind: "added" | "changed" | "deactivated";
  key: string;
  columns: { column: string; before: string; after: string }[];
}

export interface ImportAnswer {
  ok: boolean;
  changes: {
    file: string;
    rows: number;
    added: number;
    changed: number;
    deactivated: number;
    rowChanges: RowChange[];
  }[];
  problems: { file: string; line: number; column: string; what: string }[];
  problemCount: number;
  ignored: string[];
  sampleRemoved: boolean;
}

export interface Upload {
  files: UploadedFile[];
  prune: boolean;
  intoSample: boolean;
}

export const fetchRegistry = () =>
  call<{ sample: boolean; importedAt: string | null }>("GET", "/api/registry");
export const previewImport = (upload: Upload) =>
  call<ImportAnswer>("POST", "/api/registry/preview", upload);
export const applyImport = (upload: Upload) =>
  call<ImportAnswer>("POST", "/api/registry/imports", upload);

export type DayKind = "workday" | "holiday" | "morning" | "afternoon";

export interface CalendarDay {
  date: string;
  kind: DayKind;
  source: "week" | "statutory" | "district";
  name: string | null;
}

export const fetchYear = (year: number) =>
  call<{ year: number; coveredUntil: string; days: CalendarDay[] }>("GET", `/api/calendar/${year}`);
export const setDay = (date: string, kind: DayKind | null, reason: string) =>
  call<{ moved: number | null }>("PUT", `/api/calendar/days/${date}`, { kind, reason });

export type Limit = Partial<Record<LimitUnit, number>>;
export type LimitTable = Record<LimitName, Limit>;

export interface Policy {
  version: string;
  limits: LimitTable;
  versions: { version: string; since: string; limits: LimitTable }[];
}

export const fetchPolicy = () => call<Policy>("GET", "/api/policy");
export const fetchOwnLimits = () => call<{ own: LimitName[] }>("GET", "/api/limits");
export const setLimit = (
  name: LimitName,
  limit: { amount: number; unit: LimitUnit } | null,
  reason: string,
) => call<{ version: string }>("PUT", `/api/limits/${name}`, { limit, reason });
