import { localDay } from "./time.ts";

/** Numbers people read out: event 事件 SJ + day + 4 digits, call ticket 呼叫 HJ + 3 digits, alarm 告警 GJ + 4. */
const SHAPES = {
  event: { prefix: "SJ", digits: 4 },
  callTicket: { prefix: "HJ", digits: 3 },
  alarm: { prefix: "GJ", digits: 4 },
} as const;
export type NumberedSubject = keyof typeof SHAPES;

export const isAlarmNo = (no: string): boolean => no.startsWith(SHAPES.alarm.prefix);

/**
 * @param sequence - 1, 2, 3 … within the day; beyond the digits the number simply grows
 * @param at - the moment of creation; the day is that of Asia/Shanghai
 */
export function formatNumber(subject: NumberedSubject, at: Date, sequence: number): string {
  const { prefix, digits } = SHAPES[subject];
  return `${prefix}${localDay(at).replaceAll("-", "")}-${String(sequence).padStart(digits, "0")}`;
}
