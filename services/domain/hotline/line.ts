import type { EventSource } from "../event.ts";

/** The hotlines whose orders come in; each is a source of events. */
export const HOTLINE_LINES = ["hotline12345", "hotline8890"] as const satisfies EventSource[];
export type HotlineLine = (typeof HOTLINE_LINES)[number];

/** As people call them; also the name in commands: 「12345」. */
export const HOTLINE_NAMES: Record<HotlineLine, string> = {
  hotline12345: "12345",
  hotline8890: "8890",
};

/** By its own name or as people call it; null where it is none of ours. */
export const hotlineNamed = (name: string): HotlineLine | null =>
  HOTLINE_LINES.find((line) => line === name || HOTLINE_NAMES[line] === name) ?? null;

/** Which order: its number is the hotline's own and unique within the line. */
export interface HotlineRef {
  line: HotlineLine;
  no: string;
}

/** 「12345 工单 2026112200123」 */
export const orderName = ({ line, no }: HotlineRef): string => `${HOTLINE_NAMES[line]} 工单 ${no}`;

/** By which road orders and answers travel. */
export const HOTLINE_ROADS = ["file", "rest", "mail"] as const;
export type HotlineRoad = (typeof HOTLINE_ROADS)[number];
