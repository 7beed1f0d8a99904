import type { LimitName, LimitUnit } from "../../../services/domain/limits.ts";
import type { RetentionRule } from "../../../services/domain/retention.ts";
import { call } from "../../signed-in/call-api.ts";
import type { Page } from "../api.ts";

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

export interface AuditEntry {
  at: string;
  actor: { personId: string | null; name: string | null; orgCode: string | null };
  action: string;
  subject: { type: string; no: string | null };
  outcome: "done" | "refused";
  reason: string | null;
}
export const fetchAudit = (query: Record<string, string>) =>
  call<Page<AuditEntry>>("GET", `/api/audit?${new URLSearchParams(query)}`);

export interface Classifier {
  version: number;
  trainedAt: string;
  inUse: boolean;
  trust: number;
  events: number;
  categories: number;
  cold: { top1: number; top3: number };
  learned: { top1: number; top3: number };
  worthUsing: boolean;
}
export interface Prompts {
  model: string | null;
  current: string | null;
  used: { version: string; events: number; first: string; last: string }[];
}
export interface Disagreement {
  no: string;
  words: string;
  rules: string | null;
  model: string | null;
  category: string;
}
export const fetchClassifiers = () => call<{ items: Classifier[] }>("GET", "/api/classifiers");
export const switchClassifier = (version: number | null, anyway: boolean) =>
  call<{ before: number | null }>("PUT", "/api/classifiers/in-use", { version, anyway });
export const fetchPrompts = () => call<Prompts>("GET", "/api/prompts");
export const fetchDisagreements = () =>
  call<{ items: Disagreement[] }>("GET", "/api/disagreements?days=365");

export interface Trial {
  kind: string;
  reports: boolean;
  emergency: string | null;
  confidence: number;
  items: {
    category: string;
    categoryName: string;
    candidates: { category: string; categoryName: string; score: number }[];
    summary: string;
    level: 1 | 2 | 3 | 4;
    urgency: "normal" | "urgent" | "critical";
    place: string | null;
    streetCode: string | null;
    route: {
      leadOrg: string;
      leadName: string;
      supports: { orgCode: string; name: string }[];
      row: { category: string; streetCode: string } | null;
    } | null;
  }[];
}
export const tryRouting = (text: string, street: string | null) =>
  call<Trial>("POST", "/api/routing/trial", { text, street });

export type GroupKind = "resident" | "work" | "call";
export interface Group {
  channel: string;
  conversationId: string;
  name: string;
  kind: GroupKind;
  gridCode: string | null;
  gridName: string | null;
  orgCode: string | null;
  orgName: string | null;
}
export interface Groups {
  items: Group[];
  strange: {
    channel: string;
    conversationId: string;
    messages: number;
    first: string;
    last: string;
  }[];
  unbound: { id: string; name: string; orgCode: string; roles: string[]; roleNames: string[] }[];
  people: number;
  grids: { code: string; name: string }[];
}
const groupPath = (channel: string, id: string) =>
  `/api/groups/${channel}/${encodeURIComponent(id)}`;
export const fetchGroups = () => call<Groups>("GET", "/api/groups");
export const bindGroup = (channel: string, id: string, bound: object) =>
  call("PUT", groupPath(channel, id), bound);
export const unbindGroup = (channel: string, id: string) => call("DELETE", groupPath(channel, id));
export const bindPerson = (id: string, userId: string) =>
  call("PUT", `/api/people/${encodeURIComponent(id)}/dingtalk-user-id`, { userId });

export interface ListItem {
  no: string;
  name: string;
  categories: string[];
  leadDept: string;
  supportDepts: string[];
  headcount: number | null;
  respondMinutes: number | null;
  arriveMinutes: number | null;
  completeWorkdays: number | null;
}
export interface ListVersion {
  version: number;
  at: string;
  by: string | null;
  count: number;
}
export interface ItemDifference {
  no: string;
  name: string;
  kind: "added" | "changed" | "removed";
  fields: { field: string; before: string; after: string }[];
}
export const fetchList = () =>
  call<{ items: ListItem[]; versions: ListVersion[] }>("GET", "/api/responsibility");
export const fetchListDifferences = (before: number, after: number) =>
  call<{ items: ItemDifference[] }>(
    "GET",
    `/api/responsibility/differences?before=${before}&after=${after}`,
  );
export const setItem = (no: string, item: object) =>
  call<{ version: number }>("PUT", `/api/responsibility/${encodeURIComponent(no)}`, item);

export type { RetentionRule };
export interface Retention {
  rules: { rule: RetentionRule; days: number }[];
  ahead: { rule: RetentionRule; day: string; count: number }[];
  pictures: { ofEvents: number; alone: number };
}
export interface RetentionRun {
  at: string;
  rule: RetentionRule;
  before: string;
  count: number;
}
export const fetchRetention = () => call<Retention>("GET", "/api/retention");
export const fetchRetentionRuns = (cursor: string | null) =>
  call<Page<RetentionRun>>(
    "GET",
    `/api/retention/runs?limit=50${cursor === null ? "" : `&cursor=${cursor}`}`,
  );
