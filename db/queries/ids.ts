import { v7 } from "uuid";

/** A row id that sorts by the moment it was made, without a sequence that all instances share. */
export const newId = (): string => v7();
