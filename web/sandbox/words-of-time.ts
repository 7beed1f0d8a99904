/** The product's clock is read out in Asia/Shanghai, wherever the browser is. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const WEEKDAYS = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

interface LocalTime {
  day: number;
  year: number;
  month: number;
  date: number;
  weekday: string;
  clock: string;
  seconds: string;
}

function local(ms: number): LocalTime {
  const at = new Date(ms + OFFSET_MS);
  const pad = (n: number) => String(n).padStart(2, "0");
  return {
    day: Math.floor((ms + OFFSET_MS) / DAY_MS),
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    date: at.getUTCDate(),
    weekday: WEEKDAYS[at.getUTCDay()] ?? "",
    clock: `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`,
    seconds: pad(at.getUTCSeconds()),
  };
}

/** `昨天 09:05`, as a chat writes between messages; both moments in ms. */
export function whenSaid(at: number, now: number): string {
  const then = local(at);
  const today = local(now);
  const age = today.day - then.day;
  if (age === 0) return then.clock;
  if (age === 1) return `昨天 ${then.clock}`;
  if (then.year === today.year) return `${then.month}月${then.date}日 ${then.clock}`;
  return `${then.year}年${then.month}月${then.date}日 ${then.clock}`;
}

/** Short, for the list of conversations: `09:05`, `昨天`, `11/21`. */
export function whenLast(at: number, now: number): string {
  const then = local(at);
  const age = local(now).day - then.day;
  return age === 0 ? then.clock : age === 1 ? "昨天" : `${then.month}/${then.date}`;
}

export function clockFace(now: number): { date: string; time: string; seconds: string } {
  const at = local(now);
  return {
    date: `${at.month}月${at.date}日 ${at.weekday}`,
    time: at.clock,
    seconds: at.seconds,
  };
}

/** `11月24日 09:00`. */
export function spoken(at: number): string {
  const then = local(at);
  return `${then.month}月${then.date}日 ${then.clock}`;
}

/** Tomorrow at 09:00 in Asia/Shanghai, as the clock's route takes it. */
export function tomorrowMorning(now: number): string {
  const day = new Date(now + OFFSET_MS + DAY_MS).toISOString().slice(0, 10);
  return `${day}T09:00:00+08:00`;
}

/** A pause this long is worth a time between messages. */
const PAUSE_MS = 5 * 60_000;

export const needsTime = (at: number, before: number | null): boolean =>
  before === null || at - before >= PAUSE_MS || local(at).day !== local(before).day;
