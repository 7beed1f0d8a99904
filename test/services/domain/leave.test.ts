import { describe, expect, it } from "vitest";
import { ROLES, SYSTEM } from "../../../services/domain/actor.ts";
import { GRANTS_LEAVE, mayGrantLeave } from "../../../services/domain/leave.ts";
import { aPerson } from "../../support/events.ts";

const worker = { id: "worker", streetCode: "WC", roles: ["gridWorker"] as const };

describe("who may set down a leave", () => {
  it.each(ROLES.map((role) => ({ role })))("$role, of a grid worker", ({ role }) => {
    const inStreet = (streetCode: string | null) =>
      aPerson([role], { personId: "somebody", streetCode });
    expect(mayGrantLeave(inStreet("WC"), worker)).toBe(GRANTS_LEAVE.includes(role));
    expect(mayGrantLeave(inStreet("LA"), worker)).toBe(false);
    expect(mayGrantLeave(inStreet(null), worker)).toBe(false);
  });

  it("everybody of their own, but for grid workers", () => {
    const own = (role: (typeof ROLES)[number]) =>
      mayGrantLeave(aPerson([role], { personId: "me", streetCode: null }), {
        id: "me",
        streetCode: null,
        roles: [role],
      });
    expect(ROLES.filter((role) => !own(role))).toEqual(["gridWorker"]);
    expect(mayGrantLeave(SYSTEM, worker)).toBe(true);
  });
});
