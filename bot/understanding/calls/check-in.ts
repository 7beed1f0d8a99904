import { readHeadcount } from "./respond.ts";

/** Reads the note of 「到了 2人」. */
export const readCheckIn = (note: string): { headcount: number | null } => ({
  headcount: readHeadcount(note),
});
