import fc from "fast-check";
import { expect, it } from "vitest";
import { fitText } from "../../../../bot/channels/dingtalk/fit-text.ts";

const bytes = (text: string) => Buffer.byteLength(JSON.stringify({ content: text }));

it("leaves a text alone that fits", () => {
  const text = "字".repeat(4_900);
  expect(fitText(text)).toBe(text);
});

it("cuts at the end of a line and says how much is missing", () => {
  const lines = Array.from({ length: 1_000 }, (_, line) => `SJ20261123-${line} 待签收`);
  const fitted = fitText(lines.join("\n"));
  const [, left] = fitted.match(/\n……\(内容太长,后面还有(\d+)字没有发出\)$/) ?? [];
  const kept = fitted.slice(0, fitted.indexOf("\n……"));
  expect(kept.endsWith("待签收")).toBe(true);
  expect(kept.length + Number(left)).toBe(lines.join("\n").length);
});

it("never exceeds 15,000 bytes and never cuts a character in two", () => {
  const unit = fc.constantFrom("字", "😀", '"', "\\", "\n", "a", "\u0001");
  const text = fc.string({ unit, minLength: 2_000, maxLength: 20_000 });
  fc.assert(
    fc.property(text, (long) => {
      const fitted = fitText(long);
      expect(bytes(fitted)).toBeLessThanOrEqual(15_000);
      expect(Buffer.from(fitted).toString()).toBe(fitted);
    }),
    { numRuns: 50 },
  );
});
