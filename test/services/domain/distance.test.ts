import { describe, expect, it } from "vitest";
import { distanceM } from "../../../services/domain/distance.ts";

describe("the distance between two positions", () => {
  const jinan = { lng: 117.12, lat: 36.6512 };

  it("is known from the map", () => {
    // One degree of latitude, and one of longitude at the equator.
    expect(distanceM({ lng: 0, lat: 0 }, { lng: 0, lat: 1 })).toBe(111_195);
    expect(distanceM({ lng: 0, lat: 0 }, { lng: 1, lat: 0 })).toBe(111_195);
    // Jinan to Beijing, a little over 360 km as the crow flies.
    expect(distanceM(jinan, { lng: 116.4074, lat: 39.9042 }) / 1000).toBeCloseTo(367.1, 0);
  });

  it("shrinks with the latitude from east to west", () => {
    expect(distanceM({ lng: 120, lat: 60 }, { lng: 121, lat: 60 })).toBeLessThan(55_800);
  });

  it("is the same both ways, and nothing to where one stands", () => {
    const there = { lng: 117.13, lat: 36.66 };
    expect(distanceM(jinan, there)).toBe(distanceM(there, jinan));
    expect(distanceM(jinan, jinan)).toBe(0);
  });

  it("crosses the date line the short way", () => {
    expect(distanceM({ lng: 179.999, lat: 0 }, { lng: -179.999, lat: 0 })).toBe(222);
  });

  it("goes half around the earth at most", () => {
    expect(distanceM({ lng: 0, lat: 0 }, { lng: 180, lat: 0 })).toBe(20_015_114);
  });
});
