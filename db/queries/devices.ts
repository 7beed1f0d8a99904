import { and, eq } from "drizzle-orm";
import type { Db } from "../client.ts";
import { devices } from "../schema/index.ts";

export interface Device extends Omit<typeof devices.$inferSelect, "site" | "lng" | "lat"> {
  lng: number | null;
  lat: number | null;
}

/** A device of devices.csv; null where the district knows none of that code. */
export async function findDevice(db: Db, code: string): Promise<Device | null> {
  const [row] = await db.orm
    .select()
    .from(devices)
    .where(and(eq(devices.site, db.site), eq(devices.code, code), eq(devices.active, true)));
  if (row === undefined) return null;
  const { site: _site, lng, lat, ...device } = row;
  return {
    ...device,
    lng: lng === null ? null : Number(lng),
    lat: lat === null ? null : Number(lat),
  };
}
