/** Reports (报表) as files: what there is, and in which forms. */
export const REPORT_KINDS = [
  "weeklyBrief",
  "monthlyCircular",
  "callLedger",
  "eventLedger",
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const REPORT_FORMATS = ["docx", "pdf", "xlsx", "csv"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const REPORT_KIND_NAMES: Record<ReportKind, string> = {
  weeklyBrief: "周例会简报",
  monthlyCircular: "月度通报",
  callLedger: "呼叫台账",
  eventLedger: "事件台账",
};

export const FORMATS_OF: Record<ReportKind, readonly ReportFormat[]> = {
  weeklyBrief: ["docx", "pdf"],
  monthlyCircular: ["docx", "pdf"],
  callLedger: ["xlsx", "csv"],
  eventLedger: ["xlsx", "csv"],
};

export const REPORT_STATES = ["waiting", "ready", "failed", "expired"] as const;

/** Kept this long, then the file goes and the row stays. */
export const REPORT_DAYS = 30;

/** A ledger holds what a spreadsheet program can open and a year of a district needs. */
export const LONGEST_REPORT_DAYS = 400;
