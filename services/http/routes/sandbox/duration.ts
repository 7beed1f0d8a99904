const SHAPE =
  /^P(?=.)(?:(?<weeks>[\d.,]+)W)?(?:(?<days>[\d.,]+)D)?(?:T(?=\d)(?:(?<hours>[\d.,]+)H)?(?:(?<minutes>[\d.,]+)M)?(?:(?<seconds>[\d.,]+)S)?)?$/;

const UNIT_MS = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
} as const;

export type DurationReading =
  | { ok: true; ms: number }
  | { ok: false; code: "backward" | "invalid"; detail: string };

/**
 * Reads an ISO 8601 duration of fixed length: `PT2H`, `P1DT30M`, `P3D`, `P2W`, `PT1.5H`.
 * Months and years have no fixed length and are not taken.
 */
export function readDuration(text: string): DurationReading {
  if (/^-P/.test(text)) {
    return {
      ok: false,
      code: "backward",
      detail: `${text.slice(0, 40)} 会把时钟往回拨,而它只能往前走。请去掉负号。`,
    };
  }
  const units = SHAPE.exec(text)?.groups;
  if (units === undefined) return invalid(text);
  let ms = 0;
  for (const [unit, length] of Object.entries(UNIT_MS)) {
    const written = units[unit];
    if (written === undefined) continue;
    if (!/^\d{1,9}([.,]\d{1,9})?$/.test(written)) return invalid(text);
    ms += Number(written.replace(",", ".")) * length;
  }
  return { ok: true, ms: Math.round(ms) };
}

function invalid(text: string): DurationReading {
  const calendar = /^P[^T]*[YM]/.test(text) ? "月和年长短不一,请说多少天。" : "";
  return {
    ok: false,
    code: "invalid",
    detail: `时钟看不懂时长「${text.slice(0, 40)}」。${calendar}请按 ISO 8601 写,例如 PT2H、P1DT30M、P3D、P1W。`,
  };
}
