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
      detail: `${text} would move the clock back. It only goes forward; give a duration without the minus sign.`,
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
  const calendar = /^P[^T]*[YM]/.test(text)
    ? " Months and years have no fixed length: say how many days."
    : "";
  return {
    ok: false,
    code: "invalid",
    detail: `${JSON.stringify(text.slice(0, 40))} is not a duration the clock understands.${calendar} Write it as ISO 8601, for example PT2H, P1DT30M, P3D or P1W.`,
  };
}
