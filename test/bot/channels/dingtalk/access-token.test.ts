import { describe, expect, it } from "vitest";
import { keepAccessToken } from "../../../../bot/channels/common/access-token.ts";

function aToken(expiresIn = 7_200) {
  let now = 0;
  let asked = 0;
  let failing = false;
  const token = keepAccessToken(
    async () => {
      asked += 1;
      await Promise.resolve();
      if (failing) throw new Error("away");
      return { token: `token-${asked}`, expiresIn };
    },
    () => new Date(now),
  );
  return {
    token,
    asked: () => asked,
    at: (seconds: number) => {
      now = seconds * 1_000;
    },
    fail: (is: boolean) => {
      failing = is;
    },
  };
}

describe("the access token", () => {
  it("is asked for once, also by many at the same time", async () => {
    const { token, asked } = aToken();
    expect(await Promise.all([token.get(), token.get(), token.get()])).toEqual(
      Array(3).fill("token-1"),
    );
    expect(await token.get()).toBe("token-1");
    expect(asked()).toBe(1);
  });

  it("is renewed five minutes before its end", async () => {
    const { token, at } = aToken();
    await token.get();
    at(6_899);
    expect(await token.get()).toBe("token-1");
    at(6_901);
    expect(await token.get()).toBe("token-2");
  });

  it("is used to its end while no new one can be had, and not longer", async () => {
    const { token, at, fail } = aToken();
    await token.get();
    fail(true);
    at(7_100);
    expect(await token.get()).toBe("token-1");
    at(7_201);
    await expect(token.get()).rejects.toThrow("away");
    fail(false);
    expect(await token.get()).toBe("token-4");
  });

  it("is forgotten when it was refused, but not when a newer one is there", async () => {
    const { token, asked } = aToken();
    const first = await token.get();
    token.drop(first);
    expect(await token.get()).toBe("token-2");
    token.drop(first);
    expect(await token.get()).toBe("token-2");
    expect(asked()).toBe(2);
  });
});
