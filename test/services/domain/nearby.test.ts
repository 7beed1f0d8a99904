import { describe, expect, it } from "vitest";
import { type NearbyEvent, nearbyEvents } from "../../../services/domain/nearby.ts";

const event = (no: string, category: string, raw: string, lng: number): NearbyEvent => ({
  no,
  category,
  status: "pendingAccept",
  place: { raw, addressCode: null, gridCode: "G", lng, lat: 28.5 },
  summary: category === "env.binOverflow" ? "垃圾桶满了没人倒" : "路灯不亮",
});

/** about 98 m of longitude at this latitude */
const STEP = 0.001;
const bins = event("bins", "env.binOverflow", "南塘家园3幢", 120.5);

describe("what may be the same trouble", () => {
  const others = [
    event("far lamp", "facility.streetlight", "滨河路", 120.5 + 9 * STEP),
    event("near lamp", "facility.streetlight", "南塘家园2幢", 120.5 + STEP),
    event("bins elsewhere", "env.binOverflow", "南塘家园9幢", 120.5 + 2 * STEP),
    event("same bins", "env.binOverflow", "南塘家园3幢", 120.5),
    bins,
  ];

  it("is first the same trouble at the same place, then its kind, then what is near", () => {
    const found = nearbyEvents(bins, others, 6);
    expect(found.map(({ event: { no } }) => no)).toEqual([
      "same bins",
      "bins elsewhere",
      "near lamp",
    ]);
    expect(found.map(({ likely }) => likely)).toEqual([true, false, false]);
    expect(found[2]?.distanceM).toBeGreaterThan(80);
  });

  it("names few of other kinds: in one estate everything is near", () => {
    const lamps = [1, 2, 3, 4].map((n) => event(`${n}`, "facility.streetlight", `${n}幢`, 120.5));
    expect(nearbyEvents(bins, lamps, 6)).toHaveLength(2);
    expect(nearbyEvents(bins, others, 1)).toHaveLength(1);
  });
});
