import { language } from "./language.ts";

/** Times are read out in Asia/Shanghai, wherever the browser is. All moments in ms. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

const pad = (n: number) => String(n).padStart(2, "0");
const isEnglish = () => language.value === "en";

/** `09:05` today, else `11月24日 09:05`, `24 Nov 09:05`; with the year where it is another one. */
export function when(iso: string, now: number): string {
  const at = new Date(Date.parse(iso) + OFFSET_MS);
  const today = new Date(now + OFFSET_MS);
  if (Math.floor(at.getTime() / DAY_MS) === Math.floor(today.getTime() / DAY_MS)) return clock(at);
  const year = at.getUTCFullYear();
  if (year === today.getUTCFullYear()) return `${day(at)} ${clock(at)}`;
  return isEnglish() ? `${day(at)} ${year} ${clock(at)}` : `${year}年${day(at)} ${clock(at)}`;
}

/** `剩 1小时5分`, `超 2天3小时`; `1 h 5 min left`, `2 d 3 h late`. */
export function countdown(iso: string, now: number): { late: boolean; text: string } {
  const left = Date.parse(iso) - now;
  const late = left < 0;
  const told = span(Math.abs(left));
  if (isEnglish()) return { late, text: `${told} ${late ? "late" : "left"}` };
  return { late, text: `${late ? "超" : "剩"} ${told}` };
}

/** How long ago: `刚刚`, `5分钟前`, `3小时前`, `2天前`; `just now`, `5 min ago`. */
export function ago(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / MINUTE_MS);
  if (minutes < 1) return isEnglish() ? "just now" : "刚刚";
  if (minutes < 60) return isEnglish() ? `${minutes} min ago` : `${minutes}分钟前`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return isEnglish() ? `${hours} h ago` : `${hours}小时前`;
  const days = Math.floor(hours / 24);
  return isEnglish() ? `${days} d ago` : `${days}天前`;
}

/** The day and the hour, whatever day it is. */
export function clockFace(now: number): string {
  const at = new Date(now + OFFSET_MS);
  return `${day(at)} ${clock(at)}`;
}

/** For a field of type datetime-local: `2026-11-25T14:30`. */
export const fieldTime = (ms: number): string =>
  new Date(ms + OFFSET_MS).toISOString().slice(0, 16);

/** How long something has lasted, in its two greatest units: `35分`, `1小时5分`. */
export function span(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const [d, h, min] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const units = isEnglish() ? [" d", " h", " min"] : ["天", "小时", "分"];
  const parts = [d, h, d > 0 ? 0 : min].map((n, at) => (n > 0 ? `${n}${units[at]}` : ""));
  const told = parts.filter(Boolean).join(isEnglish() ? " " : "");
  return told === "" ? `0${units[2]}` : told;
}

const clock = (at: Date): string => `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
const day = (at: Date): string =>
  isEnglish()
    ? `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`
    : `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
