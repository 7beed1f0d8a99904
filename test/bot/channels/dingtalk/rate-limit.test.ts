import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backOff } from "../../../../bot/channels/common/back-off.ts";
import { createRateLimiter, takeToken } from "../../../../bot/channels/common/rate-limit.ts";

const TWENTY_A_MINUTE = { burst: 20, perSecond: 20 / 60 };

describe("a token bucket", () => {
  it("lets a burst of 20 go at once, the next three seconds later, and is full again after a minute", () => {
    let fullAt: number | undefined;
    const take = (now: number) => {
      const taken = takeToken(fullAt, TWENTY_A_MINUTE, now);
      fullAt = taken.fullAt;
      return taken.goAt;
    };
    expect(Array.from({ length: 20 }, () => take(0))).toEqual(Array(20).fill(0));
    expect([take(0), take(0)].map(Math.round)).toEqual([3_000, 6_000]);
    expect(Array.from({ length: 20 }, () => take(200_000))).toEqual(Array(20).fill(200_000));
  });

  it("never lets more go in any minute than burst and refill together", () => {
    const waits = fc.array(fc.nat(5_000), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(waits, (gaps) => {
        const goes: number[] = [];
        let now = 0;
        let fullAt: number | undefined;
        for (const gap of gaps) {
          now += gap;
          const taken = takeToken(fullAt, TWENTY_A_MINUTE, now);
          fullAt = taken.fullAt;
          goes.push(taken.goAt);
        }
        for (const from of goes) {
          expect(goes.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(
            40,
          );
        }
      }),
    );
  });
});

describe("waiting messages", () => {
  const at = (ms: number) => new Date(ms);

  it("are spread out, keep their turn, and may go when it comes", () => {
    const limiter = createRateLimiter({ burst: 1, perSecond: 1 });
    expect(limiter.ask("c", "a", at(0))).toBeNull();
    expect(limiter.ask("c", "b", at(0))).toEqual(at(1_000));
    expect(limiter.ask("c", "d", at(0))).toEqual(at(2_000));
    // Asking again too early costs no turn.
    expect(limiter.ask("c", "b", at(500))).toEqual(at(1_000));
    expect(limiter.ask("c", "b", at(1_000))).toBeNull();
    expect(limiter.ask("c", "d", at(2_000))).toBeNull();
    expect(limiter.ask("other", "b", at(0))).toBeNull();
  });

  it("do not gather for ever where nobody comes back for a turn", () => {
    const limiter = createRateLimiter({ burst: 1, perSecond: 1_000 });
    for (let number = 0; number < 5_000; number += 1) limiter.ask(`c${number}`, "a", at(0));
    expect(limiter.ask("c1", "a", at(3_600_000))).toBeNull();
  });
});

describe("waiting before the next attempt", () => {
  const timings = { firstRetry: 1_000, longestRetry: 60_000 };

  it("doubles from one second to one minute, and not at all after a sound connection", () => {
    const longest = [0, 1, 2, 3, 6, 7, 8, 1_000].map((failures) => backOff(failures, 1, timings));
    expect(longest).toEqual([0, 1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it("takes its upper half by chance", () => {
    expect(backOff(3, 0, timings)).toBe(2_000);
    expect(backOff(3, 0.5, timings)).toBe(3_000);
  });
});
