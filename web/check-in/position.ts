/** Where the phone is, or why it does not say. */
export type Position =
  | { known: true; lng: number; lat: number; accuracyM: number }
  | { known: false; why: "denied" | "insecure" | "unavailable" | "tooSlow" };

/** Good enough to stop listening for better. */
const GOOD_M = 30;
/** Cold receivers need this long; whoever stands in the rain no longer. */
const LONGEST_MS = 15_000;

export interface Locating {
  result: Promise<Position>;
  /** takes the best position there is so far */
  hurry(): void;
}

/** Listens to the receiver until it is exact, or for 15 s; then the most exact reading counts. */
export function locate(geolocation: Geolocation | undefined, isSecure: boolean): Locating {
  if (!isSecure) return known({ known: false, why: "insecure" });
  if (geolocation === undefined) return known({ known: false, why: "unavailable" });
  const device = geolocation;
  let best: Position = { known: false, why: "tooSlow" };
  let finish = () => {};
  const result = new Promise<Position>((resolve) => {
    const watch = device.watchPosition(
      ({ coords }) => {
        const { longitude: lng, latitude: lat, accuracy: accuracyM } = coords;
        if (!best.known || accuracyM < best.accuracyM) best = { known: true, lng, lat, accuracyM };
        if (accuracyM <= GOOD_M) finish();
      },
      (error) => {
        if (best.known) return finish();
        best = { known: false, why: WHY[error.code] ?? "unavailable" };
        // No fix at the first try may be one at the second; a refusal stays one.
        if (error.code === error.PERMISSION_DENIED) finish();
      },
      { enableHighAccuracy: true, maximumAge: 0, timeout: LONGEST_MS },
    );
    const timer = setTimeout(() => finish(), LONGEST_MS);
    finish = () => {
      clearTimeout(timer);
      device.clearWatch(watch);
      resolve(best);
    };
  });
  return { result, hurry: () => finish() };
}

/** By the codes of GeolocationPositionError. */
const WHY: Record<number, "denied" | "unavailable" | "tooSlow"> = {
  1: "denied",
  2: "unavailable",
  3: "tooSlow",
};

const known = (position: Position): Locating => ({
  result: Promise.resolve(position),
  hurry() {},
});
