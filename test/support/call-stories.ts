import fc from "fast-check";
import { type Actor, actorRef, SYSTEM } from "../../services/domain/actor.ts";
import { CALL_RIGHTS } from "../../services/domain/call-rights.ts";
import { FAULTS } from "../../services/domain/call-ticket.ts";
import {
  aCall,
  aDispatchedCall,
  anArrival,
  anEmergency,
  anItem,
  aResponse,
  at,
  CORNER,
  district,
  followUpAgent,
  hasArrived,
  hasCompleted,
  northOfCorner,
  officer,
  principal,
  responderOf,
  type SaidCommand,
  supervisor,
} from "./call-tickets.ts";
import { aPerson, theResident } from "./events.ts";

const DEPTS = ["ZF", "SJ", "HJ"];
/** A fault that only a supervisor says carries this as evidence; the clock knows nothing of it. */
export const BY_WORD = "查实";

const dept = fc.constantFrom(...DEPTS, ...DEPTS, "SW");
const maybeDept = fc.option(dept, { nil: undefined, freq: 1 });
const words = fc.constantFrom("理由", "办完了", "好", "");
const moment = fc
  .integer({ min: -600, max: 3000 })
  .map((minutes) => new Date(at("09:00").getTime() + minutes * 60_000).toISOString());
const position = fc.constantFrom<{ lng?: number; lat?: number }>(
  {},
  CORNER,
  northOfCorner(200),
  northOfCorner(900),
);
const place = fc.constantFrom(
  null,
  { raw: "滨河路解放街口", ...CORNER },
  { raw: "桥头市场", lng: null, lat: null },
);
const scores = fc.dictionary(dept, fc.integer({ min: 0, max: 100 }), { maxKeys: 3 });

const named = <Fields extends object>(
  action: SaidCommand["action"],
  fields: fc.Arbitrary<Fields> = fc.constant({} as Fields),
) =>
  fc
    .tuple(fc.constant(action), fields)
    .map(([name, rest]) => ({ action: name, ...rest }) as SaidCommand);

const command: fc.Arbitrary<SaidCommand> = fc.oneof(
  named("submit"),
  named(
    "amend",
    fc.record({ cause: fc.constant("改"), reportAt: moment, place }, { requiredKeys: [] }),
  ),
  { weight: 3, arbitrary: named("approve") },
  { weight: 3, arbitrary: named("rejectApproval", fc.record({ reason: words })) },
  {
    weight: 4,
    arbitrary: named("assess", fc.record({ passed: fc.boolean(), reason: words })),
  },
  {
    weight: 6,
    arbitrary: named(
      "dispatch",
      fc.record({
        departments: fc.array(
          fc.record({
            deptCode: fc.constantFrom(...DEPTS),
            headcount: fc.option(fc.integer({ min: 1, max: 5 })),
          }),
          { maxLength: 3 },
        ),
        reportAt: fc.option(moment),
        reportPlace: place,
        replaces: fc.array(dept, { maxLength: 1 }),
      }),
    ),
  },
  { weight: 2, arbitrary: named("release", fc.record({ deptCode: dept })) },
  {
    weight: 4,
    arbitrary: named(
      "respond",
      fc.record({ deptCode: maybeDept, headcount: fc.constantFrom(undefined, 1, 3) }),
    ),
  },
  { weight: 2, arbitrary: named("decline", fc.record({ deptCode: maybeDept, reason: words })) },
  {
    weight: 2,
    arbitrary: named("eta", fc.record({ deptCode: maybeDept, minutes: fc.constant(20) })),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.record({ deptCode: maybeDept, at: fc.option(moment, { nil: undefined }) }),
        position,
      )
      .map(([who, where]) => ({ action: "checkIn", ...who, ...where }) as SaidCommand),
  },
  {
    weight: 4,
    arbitrary: named(
      "confirmArrival",
      fc.record({ deptCode: dept, at: fc.option(moment, { nil: undefined }) }),
    ),
  },
  named("siteLog", fc.constant({ note: "水务未到" })),
  { weight: 4, arbitrary: named("complete", fc.record({ deptCode: maybeDept, note: words })) },
  {
    weight: 3,
    arbitrary: named(
      "delay",
      fc.record({
        deptCode: maybeDept,
        workdays: fc.constantFrom(1, 5, 11),
        reason: words,
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: named(
      "decideDelay",
      fc.record({ deptCode: maybeDept, approved: fc.boolean(), reason: words }),
    ),
  },
  { weight: 2, arbitrary: named("close", fc.record({ note: words, scores })) },
  { weight: 3, arbitrary: named("evaluate", fc.record({ scores })) },
  named("followUp", fc.record({ note: words, satisfied: fc.constantFrom(true, false, null) })),
  named(
    "findFault",
    fc.record({ deptCode: dept, fault: fc.constantFrom(...FAULTS), note: fc.constant(BY_WORD) }),
  ),
  named("circular"),
  named("appeal", fc.record({ deptCode: maybeDept, note: words })),
  named("urge", fc.record({ deptCode: maybeDept })),
  named("supervise", fc.record({ deptCode: maybeDept, grade: fc.constantFrom("normal", "red") })),
  named("instruct", fc.record({ note: words })),
  { weight: 2, arbitrary: named("answer", fc.record({ note: words })) },
  named("archive"),
);
/** A call taken back is over: too often, and nothing else would be seen. */
const anything = fc.oneof(
  { weight: 80, arbitrary: command },
  { weight: 1, arbitrary: named("cancel") },
);

const actor = fc.constantFrom<Actor>(
  SYSTEM,
  SYSTEM,
  officer,
  principal,
  district,
  supervisor,
  followUpAgent,
  ...DEPTS.map(responderOf),
  responderOf("SW"),
  aPerson(["streetOfficer"], { streetCode: "LA" }),
  theResident,
);

/** Whoever the action is for, as far as the test knows them; mostly they do it, sometimes anybody tries. */
export const doer = ({ action }: SaidCommand, pick: number): Actor => {
  const fitting = [officer, principal, district, supervisor, followUpAgent].filter((one) =>
    one.roles.some((role) => CALL_RIGHTS[action].includes(role)),
  );
  const able = CALL_RIGHTS[action].includes("responder") ? DEPTS.map(responderOf) : fitting;
  return able[pick % able.length] ?? SYSTEM;
};

const step = fc.record({
  command: anything,
  stranger: fc.option(actor, { freq: 4 }),
  pick: fc.nat({ max: 5 }),
  minutes: fc.nat({ max: 240 }),
  watched: fc.boolean(),
});

const pending = aCall({ status: "pendingApproval" });
const signed = aCall({
  status: "approved",
  approval: { by: actorRef(principal), at: at("08:50") },
});
const done = aDispatchedCall({
  status: "pendingClosing",
  responses: [hasCompleted("ZF"), hasCompleted("SJ")],
});
const asking = aDispatchedCall({
  status: "onSite",
  responses: [
    hasArrived("ZF", {
      respondedAt: at("09:00"),
      checkIn: anArrival(at("09:00")),
      completeBy: at("30 17:30"),
      delayRequest: { workdays: 3, reason: "等鉴定", by: null },
    }),
    aResponse("SJ"),
  ],
});
const closed = { status: "closed", closingOpinion: "办完了", closedAt: at("27 09:00") } as const;

/** Up to sixty things that people do to a call, each some minutes after the other. */
export const story = fc.record({
  begin: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(aCall(), pending, signed, signed) },
    { weight: 1, arbitrary: fc.constant(aCall({ callType: "emergency", reportAt: null })) },
    { weight: 4, arbitrary: fc.constantFrom(aDispatchedCall(), anEmergency()) },
    { weight: 2, arbitrary: fc.constant(asking) },
    { weight: 1, arbitrary: fc.constantFrom(done, aDispatchedCall({ ...done, ...closed })) },
  ),
  item: fc.constantFrom(null, anItem()),
  steps: fc.array(step, { minLength: 10, maxLength: 60, size: "max" }),
});
