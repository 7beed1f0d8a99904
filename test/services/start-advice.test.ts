import { describe, expect, it } from "vitest";
import { startFailure } from "../../services/start-advice.ts";

describe("a start that fails", () => {
  it("ends with what to do about the innermost reason that is known", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5999"), {
      code: "ECONNREFUSED",
    });
    expect(startFailure(new Error("Failed query", { cause: refused }))).toBe(
      "Failed query\n  because: connect ECONNREFUSED 127.0.0.1:5999\n  → The database does not answer. Start PostgreSQL, or correct host and port in DATABASE_URL.",
    );
  });

  it("says what it knows where there is no advice", () => {
    expect(startFailure("odd")).toBe("odd");
  });
});
