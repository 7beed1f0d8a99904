import { isoLocal } from "../../../../services/domain/time.ts";

/** The Sunday afternoon on which everything in these tables is said. */
export const NOW = new Date("2026-11-22T15:00:00+08:00");

export const minute = (at: Date | null | undefined): string | null =>
  at == null ? null : isoLocal(at).slice(0, 16);
