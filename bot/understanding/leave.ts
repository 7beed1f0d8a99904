import { readNumeral } from "../../services/domain/numeral.ts";
import { readSpokenTimes } from "../../services/domain/spoken-time.ts";
import { addDays, type Day, localDay } from "../../services/domain/time.ts";

export interface SaidLeave {
  firstDay: Day;
  lastDay: Day;
  /** as said: 小陈, 李卫东; null when nobody is named */
  deputyName: string | null;
}

const DEPUTY =
  /(?:由|让|请(?!假)|叫|委托)([一-龥]{2,4}?)(?:同志)?(?:来|临时)?(?:代|顶|替)|([一-龥]{2,4}?)(?:代班|替班|顶班)/;

/** 「明天请假一天 由小李代」, 「请假 11月26日到28日 李卫东代班」. Without a day it is today. */
export function readLeave(text: string, now: Date): SaidLeave {
  const today = localDay(now);
  const days = readSpokenTimes(text, now).map(({ at }) => localDay(at));
  const firstDay = days[0] ?? today;
  const until = days[1] ?? untilDay(text, firstDay);
  const deputy = DEPUTY.exec(text);
  return {
    firstDay,
    lastDay: until !== null && until > firstDay ? until : addDays(firstDay, length(text) - 1),
    deputyName: deputy?.[1] ?? deputy?.[2]?.replace(/^.*(?=[老小阿][一-龥]$)/, "") ?? null,
  };
}

/** 「11月26到28日」, where the second is a bare day of the month. */
function untilDay(text: string, firstDay: Day): Day | null {
  const date = /[日号\d](?:至|到|[-~—])(\d{1,2})[日号]/.exec(text)?.[1];
  return date === undefined ? null : `${firstDay.slice(0, 8)}${date.padStart(2, "0")}`;
}

/** In days; 「半天」 is one. */
function length(text: string): number {
  const said = /(\d{1,2}|[一二两三四五六七八九十]{1,3}) ?天(?!后|前|内)/.exec(text)?.[1];
  return Math.max(1, (said === undefined ? null : readNumeral(said)) ?? 1);
}
