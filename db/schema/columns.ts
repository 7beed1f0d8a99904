import { text, timestamp } from "drizzle-orm/pg-core";

/** The district. It leads every key, so that districts can live in one database or on many. */
export const site = () => text().notNull();

/** A moment, to the millisecond. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });
