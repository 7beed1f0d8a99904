import type { EventLevel, Urgency } from "./level.ts";

/** How a report would be understood, tried without writing anything. */
export interface Rehearsal {
  /** a MessageKind */
  kind: string;
  /** it would become one event or several */
  reports: boolean;
  emergency: string | null;
  confidence: number;
  items: {
    category: string;
    candidates: { category: string; score: number }[];
    summary: string;
    level: EventLevel;
    urgency: Urgency;
    place: string | null;
    gridCode: string | null;
  }[];
}
