import { describe, expect, it } from "vitest";
import { fromBrowser } from "../../services/browser-position.ts";
import { distanceM } from "../../services/domain/distance.ts";

/** One point of Beijing in both, as another implementation of the published formula gives it. */
const BY_GPS = { lng: 116.404, lat: 39.915 };
const ON_AMAP = { lng: 116.410244, lat: 39.916404 };

describe("a browser's position", () => {
  it("stays as it is where the registry has satellites' coordinates", () => {
    expect(fromBrowser(BY_GPS, "wgs84")).toEqual(BY_GPS);
  });

  it("comes to stand at the same place where the registry is from AMap", () => {
    const moved = fromBrowser(BY_GPS, "gcj02");
    expect(distanceM(BY_GPS, ON_AMAP)).toBeGreaterThan(300);
    expect(distanceM(moved, ON_AMAP)).toBeLessThan(2);
  });

  it("is not moved outside of China", () => {
    expect(fromBrowser({ lng: 2.2945, lat: 48.8584 }, "gcj02")).toEqual({
      lng: 2.2945,
      lat: 48.8584,
    });
  });
});
