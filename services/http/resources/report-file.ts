import { z } from "zod";
import type { ReportFileRow } from "../../../db/queries/report-files.ts";
import {
  REPORT_FORMATS,
  REPORT_KIND_NAMES,
  REPORT_KINDS,
  REPORT_STATES,
} from "../../domain/report-file.ts";
import { isoLocal, localDay } from "../../domain/time.ts";
import { Moment, momentOrNull } from "./shared.ts";

export const ReportFileResource = z
  .object({
    id: z.uuid(),
    kind: z.enum(REPORT_KINDS),
    kindName: z.string(),
    format: z.enum(REPORT_FORMATS),
    from: Moment,
    to: Moment.describe("the period ends before it"),
    org: z.string().nullable().describe("null: the whole district"),
    askedBy: z.string().nullable(),
    state: z.enum(REPORT_STATES).describe("`waiting` until the file is ready or has failed"),
    progress: z.number().int().min(0).max(100),
    bytes: z.number().int().nullable(),
    fileName: z.string(),
    createdAt: Moment,
    finishedAt: Moment.nullable(),
    expiresAt: Moment.nullable(),
  })
  .meta({ id: "ReportFile" });
export type ReportFileResource = z.infer<typeof ReportFileResource>;

export const reportFileResource = (row: ReportFileRow): ReportFileResource => ({
  id: row.id,
  kind: row.kind,
  kindName: REPORT_KIND_NAMES[row.kind],
  format: row.format,
  from: isoLocal(row.from),
  to: isoLocal(row.to),
  org: row.orgCode,
  askedBy: row.askedBy.name,
  state: row.state,
  progress: row.progress,
  bytes: row.bytes,
  fileName: fileNameOf(row),
  createdAt: isoLocal(row.createdAt),
  finishedAt: momentOrNull(row.finishedAt),
  expiresAt: momentOrNull(row.expiresAt),
});

/** `呼叫台账-2026-11-01至2026-11-30.xlsx`. */
export function fileNameOf({ kind, from, to, format }: ReportFileRow): string {
  const last = localDay(new Date(to.getTime() - 1));
  return `${REPORT_KIND_NAMES[kind]}-${localDay(from)}至${last}.${format}`;
}
