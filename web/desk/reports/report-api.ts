import type { ReportFileResource } from "../../../services/http/resources/report-file.ts";
import { call } from "../../signed-in/call-api.ts";
import type { Page } from "../api.ts";

export type ReportFile = ReportFileResource;

export const askReport = (asked: object) => call<ReportFile>("POST", "/api/report-files", asked);
export const fetchReport = (id: string) => call<ReportFile>("GET", `/api/report-files/${id}`);
export const fetchReports = (cursor: string | null) =>
  call<Page<ReportFile>>(
    "GET",
    `/api/report-files?limit=20${cursor === null ? "" : `&cursor=${cursor}`}`,
  );
