/** Times are read out in Asia/Shanghai, wherever the browser is. All moments in ms. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const pad = (n: number) => String(n).padStart(2, "0");

/** `09:05` today, else `11月24日 09:05`; with the year where it is another one. */
export function when(iso: string, now: number): string {
  const at = new Date(Date.parse(iso) + OFFSET_MS);
  const today = new Date(now + OFFSET_MS);
  const clock = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
  if (Math.floor(at.getTime() / DAY_MS) === Math.floor(today.getTime() / DAY_MS)) return clock;
  const year = at.getUTCFullYear() === today.getUTCFullYear() ? "" : `${at.getUTCFullYear()}年`;
  return `${year}${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${clock}`;
}

/** `剩 1小时5分`, `超 2天3小时`. */
export function countdown(iso: string, now: number): { late: boolean; text: string } {
  const left = Date.parse(iso) - now;
  return { late: left < 0, text: `${left < 0 ? "超" : "剩"} ${span(Math.abs(left))}` };
}

/** How long ago: `刚刚`, `5分钟前`, `3小时前`, `2天前`. */
export function ago(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / MINUTE_MS);
  if (minutes < 1) return "刚刚";
  if (minutes < 60) return `${minutes}分钟前`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)}小时前`;
  return `${Math.floor(minutes / 1440)}天前`;
}

export function clockFace(now: number): string {
  const at = new Date(now + OFFSET_MS);
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
}

/** For a field of type datetime-local: `2026-11-25T14:30`. */
export const fieldTime = (ms: number): string =>
  new Date(ms + OFFSET_MS).toISOString().slice(0, 16);

function span(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const [days, hours, rest] = [
    Math.floor(minutes / 1440),
    Math.floor(minutes / 60) % 24,
    minutes % 60,
  ];
  if (days > 0) return hours > 0 ? `${days}天${hours}小时` : `${days}天`;
  if (hours > 0) return rest > 0 ? `${hours}小时${rest}分` : `${hours}小时`;
  return `${rest}分`;
}
