import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CALL_AUDIENCES } from "../../../services/domain/call-actions/decision.ts";
import {
  activeResponses,
  CALL_ACTIONS,
  CALL_STATUSES,
  type CallResponse,
  type CallState,
  type Fault,
  statusAfter,
} from "../../../services/domain/call-ticket.ts";
import { callActionsFrom } from "../../../services/domain/call-transitions.ts";
import { decideCall } from "../../../services/domain/decide-call.ts";
import { dutiesOfCall } from "../../../services/domain/duties-of-call.ts";
import { gatherEvidence } from "../../../services/domain/gather-evidence.ts";
import { DEFAULT_POLICY } from "../../../services/domain/policy.ts";
import { BY_WORD, doer, story } from "../../support/call-stories.ts";
import { anItem, at, changedBy, inCallContext, said } from "../../support/call-tickets.ts";

const owners = {
  principal: { orgCode: "WC", personId: "p" },
  street: { orgCode: "WC", personId: null },
  district: { orgCode: "D", personId: null },
};

describe("whatever anybody does to a call, in whatever order", () => {
  it("keeps its state, its evidence and its history in order", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(story, ({ begin, item, steps }) => {
        let call: CallState = begin;
        seen.add(begin.status);
        let now =
          begin.closedAt ?? (begin.status === "pendingClosing" ? at("27 08:30") : at("09:00"));
        for (const { command, stranger, pick, minutes, watched } of steps) {
          now = new Date(now.getTime() + minutes * 60_000);
          if (watched) call = swept(call, now);
          const before = frozen(call);
          const actor = stranger ?? doer(command, pick);
          const decision = decideCall(before, said(command), inCallContext({ actor, now, item }));
          if (decision.ok) {
            sure(decision.from === before.status, "the change begins where the call is");
            sure(callActionsFrom(before.status).includes(decision.action), "the table allows it");
            for (const { to, params } of decision.notices)
              sure(CALL_AUDIENCES.includes(to) && params.no === call.no, "notices say what about");
            call = changedBy(before, decision);
            seen.add(decision.action).add(call.status);
          }
          isConsistent(call, now);
          onlyGrew(before, call);
          isOwedBySomebody(call, now);
        }
      }),
      { numRuns: 800 },
    );
    // What was never tried was not proved.
    expect([...CALL_ACTIONS, ...CALL_STATUSES].filter((one) => !seen.has(one))).toEqual([]);
  });
});

/** The thousands of checks of a run are too many for `expect`. */
function sure(holds: boolean, what: string): void {
  if (!holds) throw new Error(`It does not hold that ${what}.`);
}

/** The call after a sweep for evidence, which finds nothing more a second time. */
function swept(call: CallState, now: Date): CallState {
  const changed = gatherEvidence(frozen(call), now);
  const responses = call.responses.map(
    (was) =>
      changed.find(
        (is) =>
          is.deptCode === was.deptCode && is.dispatchedAt === was.dispatchedAt && !was.releasedAt,
      ) ?? was,
  );
  const status = changed.length === 0 ? call.status : statusAfter(call, responses);
  const next = { ...call, responses, status };
  sure(gatherEvidence(next, now).length === 0, "evidence is noted once");
  return next;
}

function isConsistent(call: CallState, now: Date) {
  sure(CALL_STATUSES.includes(call.status), "the status is one of the known ones");
  const active = activeResponses(call).map(({ deptCode }) => deptCode);
  sure(new Set(active).size === active.length, "a department is called once at a time");
  sure(call.status !== "closed" || Boolean(call.closingOpinion), "a closed call has an opinion");
  for (const response of call.responses) {
    const { checkIn, respondedAt, respondBy, arriveBy, dispatchedAt, completedAt } = response;
    const kinds = response.faults.map(({ fault }) => fault);
    sure(new Set(kinds).size === kinds.length, "a fault is on record once");
    sure(!byClock(response, "passiveResponse"), "the clock finds no 不作为");
    sure(!byClock(response, "noResponse") || respondedAt === null, "who answered is not silent");
    sure(!byClock(response, "noShow") || checkIn === null, "who came is not absent");
    sure(
      !byClock(response, "lateArrival") || checkIn?.late === true,
      "who was in time is not late",
    );
    sure(completedAt === null || checkIn !== null, "who completed was there");
    if (respondedAt !== null && respondedAt > respondBy)
      sure(kinds.includes("lateResponse"), "a late answer is on record");
    if (checkIn === null) continue;
    sure(checkIn.late === checkIn.at > arriveBy, "late is judged by the arrival");
    sure(checkIn.at <= now && checkIn.at >= dispatchedAt, "an arrival is between call and now");
    sure(respondedAt !== null && response.claim === null, "an arrival is an answer, and no claim");
    sure(!checkIn.late || kinds.includes("lateArrival"), "a late arrival is on record");
  }
}

const byClock = (response: CallResponse, fault: Fault): boolean =>
  response.faults.some((record) => record.fault === fault && record.evidence !== BY_WORD);

/** What has happened has happened: rows are added, never taken away, and moments once known stay. */
function onlyGrew(before: CallState, after: CallState) {
  before.responses.forEach((was, index) => {
    const is = after.responses[index];
    if (is?.deptCode !== was.deptCode) throw new Error("A department's row is gone.");
    sure(was.releasedAt === null || same(is.releasedAt, was.releasedAt), "who was let go stays so");
    sure(was.checkIn === null || same(is.checkIn, was.checkIn), "an arrival stays");
    sure(was.completedAt === null || same(is.completedAt, was.completedAt), "a completion stays");
    const calledAnew = is.dispatchedAt > was.dispatchedAt && was.status === "declined";
    if (!calledAnew) {
      sure(same(is.respondBy, was.respondBy), "no clock begins anew");
      sure(was.respondedAt === null || same(is.respondedAt, was.respondedAt), "an answer stays");
      sure(!was.claim || Boolean(is.checkIn) || same(is.claim, was.claim), "a claim stays");
    }
    const isNew = (fault: Fault) => byClock(is, fault) && !byClock(was, fault);
    if (isNew("lateResponse"))
      sure(Number(is.respondedAt) > Number(is.respondBy), "lateness has its moment");
    if (isNew("lateArrival")) sure(is.checkIn?.late === true, "lateness has its arrival");
    const refuted =
      (was.respondedAt === null && is.respondedAt !== null && is.respondedAt <= is.respondBy) ||
      (was.checkIn === null && is.checkIn?.late === false);
    sure(
      !isJudged(was) || isJudged(is) || refuted,
      "what people said of a fault stays beside it, unless it was none",
    );
  });
  sure(
    before.dispatchedAt === null || same(after.dispatchedAt, before.dispatchedAt),
    "it was sent once",
  );
  if (before.approval !== null && after.status !== "assessReturned")
    sure(same(after.approval, before.approval), "a signature stays");
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const isJudged = ({ faults }: CallResponse): boolean =>
  faults.some(({ finding, appeal }) => finding !== null || appeal !== null);

/** No ticket lies about that nobody has to do anything for, but at the desk it came from or at its end. */
function isOwedBySomebody({ status, ...call }: CallState, now: Date) {
  const owed =
    dutiesOfCall({ ...call, status }, owners, { item: anItem(), policy: DEFAULT_POLICY }, now)
      .length > 0;
  const atRest = ["archived", "canceled", "draft"];
  // What a circular asks to be put right outlives the call.
  const isRectified = call.demands.some(({ kind }) => kind === "rectify");
  if (atRest.includes(status))
    sure(!owed || isRectified, `nothing is owed on a call that is ${status}`);
  else if (status !== "closed") sure(owed, `somebody owes something on a call that is ${status}`);
}

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
