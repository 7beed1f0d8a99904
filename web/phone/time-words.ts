import { language } from "../look/language.ts";

/** Times are read out in Asia/Shanghai, wherever the phone is. All moments in ms. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

const pad = (n: number) => String(n).padStart(2, "0");
const isEnglish = () => language.value === "en";

/** `09:05` today, else `11月24日 09:05`, `24 Nov 09:05`. */
export function when(iso: string, now: number): string {
  const at = new Date(Date.parse(iso) + OFFSET_MS);
  const clock = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
  if (Math.floor(at.getTime() / DAY_MS) === Math.floor((now + OFFSET_MS) / DAY_MS)) return clock;
  const day = isEnglish()
    ? `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`
    : `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
  return `${day} ${clock}`;
}

/** `剩 1小时5分`, `超 2天3小时`; `1 h 5 min left`, `2 d 3 h late`. */
export function countdown(iso: string, now: number): { late: boolean; text: string } {
  const left = Date.parse(iso) - now;
  const late = left < 0;
  const told = span(Math.abs(left));
  if (isEnglish()) return { late, text: `${told} ${late ? "late" : "left"}` };
  return { late, text: `${late ? "超" : "剩"} ${told}` };
}

/** How long something has lasted: `35分`, `1小时5分`. */
export function span(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const [d, h, min] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const units = isEnglish() ? [" d", " h", " min"] : ["天", "小时", "分"];
  const parts = [d, h, min].map((n, at) => (n > 0 ? `${n}${units[at]}` : "")).filter(Boolean);
  const told = parts.slice(0, 2).join(isEnglish() ? " " : "");
  return told === "" ? `0${units[2]}` : told;
}
