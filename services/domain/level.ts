/** Event level (四级事件, seed 000): 1 the grid … 4 the district. Emergency grades run the other way. */
export const EVENT_LEVELS = [1, 2, 3, 4] as const;
export type EventLevel = (typeof EVENT_LEVELS)[number];

const LEVEL_NAMES: Record<EventLevel, string> = {
  1: "一级(网格)",
  2: "二级(村社)",
  3: "三级(街道)",
  4: "四级(区县)",
};

/** Always names the unit too, so that nobody reads 「一级」 as the gravest. */
export const levelName = (level: EventLevel): string => LEVEL_NAMES[level];

export function isEventLevel(value: number): value is EventLevel {
  return value === 1 || value === 2 || value === 3 || value === 4;
}

export const URGENCIES = ["normal", "urgent", "critical"] as const;
export type Urgency = (typeof URGENCIES)[number];

export const URGENCY_NAMES: Record<Urgency, string> = {
  normal: "一般",
  urgent: "紧急",
  critical: "特急",
};
