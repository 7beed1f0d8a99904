import { z } from "zod";
import type { CallPhotoRow } from "../../../db/queries/call-photos.ts";
import type { CallRecord, CallStepRow } from "../../../db/queries/calls.ts";
import type { UpwardRow } from "../../../db/queries/upward.ts";
import type { Actor } from "../../domain/actor.ts";
import {
  CALL_ACTIONS,
  CALL_STATUS_NAMES,
  CALL_STATUSES,
  CALL_STEPS,
  CALL_TYPES,
  type CallResponse,
  type CheckIn,
  FAULT_NAMES,
  FAULTS,
  RESPONSE_STATUS_NAMES,
  RESPONSE_STATUSES,
} from "../../domain/call-ticket.ts";
import { allowedCallActions } from "../../domain/decide-call.ts";
import { PHOTO_STAGES } from "../../domain/photo-stage.ts";
import { isoLocal } from "../../domain/time.ts";
import { UPWARD_OCCASIONS, UPWARD_ROADS, UPWARD_STATES } from "../../domain/upward.ts";
import { PlaceResource } from "./event.ts";
import { ActorResource, Moment, momentOrNull } from "./shared.ts";
import { SupervisionResource, supervisionResource } from "./supervision.ts";

const CheckInResource = z.object({
  at: Moment,
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  distanceM: z.number().nullable().describe("metres from the reporting place; null where unknown"),
  late: z.boolean().describe("by the time of arrival, whenever it was confirmed"),
  headcount: z.number().int().nullable(),
});

const EvidenceResource = z.object({
  fault: z.enum(FAULTS),
  faultName: z.string(),
  evidence: z.string(),
  recordedAt: Moment,
  finding: z
    .object({ by: z.string().nullable(), at: Moment, note: z.string().nullable() })
    .nullable()
    .describe("a supervisor's; without it there is evidence, and no fault yet"),
  appeal: z.object({ by: z.string().nullable(), at: Moment, note: z.string() }).nullable(),
});

const ResponseResource = z.object({
  deptCode: z.string(),
  deptName: z.string().nullable(),
  status: z.enum(RESPONSE_STATUSES),
  statusName: z.string().describe("as people say it"),
  headcount: z.number().int().nullable().describe("people asked for"),
  promised: z.number().int().nullable().describe("people the department said it would send"),
  dispatchedAt: Moment,
  respondBy: Moment,
  respondedAt: Moment.nullable(),
  arriveBy: Moment,
  etaMinutes: z.number().int().nullable().describe("announced delay; it excuses nothing"),
  claim: CheckInResource.nullable().describe("an arrival that the street has yet to confirm"),
  checkIn: CheckInResource.nullable(),
  completeBy: Moment.nullable(),
  completedAt: Moment.nullable(),
  completion: z.string().nullable(),
  declineReason: z.string().nullable(),
  releasedAt: Moment.nullable().describe("set: the department was let go or replaced"),
  score: z.number().nullable().describe("0 to 100"),
  scoreComment: z.string().nullable(),
  faults: z.array(z.enum(FAULTS)),
  evidence: z.array(EvidenceResource).describe("behind each of `faults`, in the same order"),
});

const StepResource = z.object({
  at: Moment,
  action: z.enum(CALL_STEPS),
  actor: ActorResource,
  note: z.string().nullable(),
  from: z.enum(CALL_STATUSES).nullable(),
  to: z.enum(CALL_STATUSES),
});

const UpwardResource = z.object({
  id: z.string(),
  occasion: z.enum(UPWARD_OCCASIONS),
  state: z.enum(UPWARD_STATES),
  road: z.enum(UPWARD_ROADS).nullable(),
  sentAt: Moment.nullable(),
  receipt: z
    .string()
    .nullable()
    .describe("the mail's message id, or the exported file below DATA_DIR"),
  acknowledgement: z.string().nullable().describe("what the district's platform gave back"),
  acknowledgedAt: Moment.nullable(),
  problem: z.string().nullable(),
});

const CallSupervisionResource = SupervisionResource.extend({
  owedBy: z.array(z.string()).describe("whom it went to: department codes, `street`, `district`"),
  answered: z.array(z.string()).describe("those of them that have answered"),
});

export const CallTicketResource = z
  .object({
    no: z.string(),
    status: z.enum(CALL_STATUSES),
    statusName: z.string().describe("as people say it"),
    callType: z.enum(CALL_TYPES),
    itemNo: z.string().nullable().describe("of the 属地管理清单"),
    street: z.string().describe("code of the calling street"),
    summary: z.string().describe("the cause in at most 40 characters"),
    cause: z.string(),
    place: PlaceResource,
    wantedDepts: z.array(z.string()).describe("whom the street asked for"),
    reportAt: Moment.nullable(),
    reportPlace: PlaceResource,
    approval: z.object({ by: ActorResource, at: Moment }).nullable(),
    approvalRefusal: z
      .object({ by: ActorResource, at: Moment, reason: z.string() })
      .nullable()
      .describe("the principal would not sign for an emergency that is under way"),
    demands: z
      .array(CallSupervisionResource)
      .describe("催办, 督办, 批示, 整改 that wait for answers, the oldest first"),
    responses: z.array(ResponseResource).describe("released departments too: see `releasedAt`"),
    closingOpinion: z.string().nullable(),
    followUp: z.object({ result: z.string(), at: Moment }).nullable(),
    createdBy: ActorResource,
    createdAt: Moment,
    dispatchedAt: Moment.nullable(),
    closedAt: Moment.nullable(),
    steps: z.array(StepResource),
    photos: z
      .array(
        z.object({
          id: z.string(),
          deptCode: z.string(),
          stage: z.enum(PHOTO_STAGES),
          at: Moment,
          bytes: z.number().int(),
        }),
      )
      .describe(
        "taken at check-in and of the work; read by GET /api/call-tickets/{no}/photos/{id}",
      ),
    form: z
      .object({ html: z.string(), pdf: z.string() })
      .describe("addresses of the printed 呼叫单; they open without a token, for a day"),
    upward: z.array(UpwardResource).describe("what went up to the district's 12345 platform"),
    missing: z.array(z.string()).describe("what a draft lacks before it can be signed"),
    allowed: z.array(z.enum(CALL_ACTIONS)).describe("what you may do to it now"),
  })
  .meta({ id: "CallTicket" });
export type CallTicketResource = z.infer<typeof CallTicketResource>;

/** What belongs to a call besides its own row. */
export interface CallSurroundings {
  steps: readonly CallStepRow[];
  photos: readonly CallPhotoRow[];
  upward: readonly UpwardRow[];
  missing: readonly string[];
  form: { html: string; pdf: string };
  orgName(code: string): string | null;
}

/** A call as one reader sees it. */
export function callTicketResource(
  { state }: CallRecord,
  around: CallSurroundings,
  reader: Actor,
): CallTicketResource {
  return {
    no: state.no,
    status: state.status,
    statusName: CALL_STATUS_NAMES[state.status],
    callType: state.callType,
    itemNo: state.itemNo,
    street: state.streetCode,
    summary: state.summary,
    cause: state.cause,
    place: state.place,
    wantedDepts: [...state.wantedDepts],
    reportAt: momentOrNull(state.reportAt),
    reportPlace: state.reportPlace,
    approval: state.approval && { by: state.approval.by, at: isoLocal(state.approval.at) },
    approvalRefusal: state.approvalRefusal && {
      ...state.approvalRefusal,
      at: isoLocal(state.approvalRefusal.at),
    },
    demands: state.demands.map((demand) => ({
      ...supervisionResource(demand),
      owedBy: [...demand.owedBy],
      answered: [...demand.answered],
    })),
    responses: state.responses.map((response) => responseResource(response, around)),
    closingOpinion: state.closingOpinion,
    followUp: state.followUp && { ...state.followUp, at: isoLocal(state.followUp.at) },
    createdBy: state.createdBy,
    createdAt: isoLocal(state.createdAt),
    dispatchedAt: momentOrNull(state.dispatchedAt),
    closedAt: momentOrNull(state.closedAt),
    steps: around.steps.map(({ at, action, actor, note, from, to }) => ({
      at: isoLocal(at),
      action,
      actor,
      note,
      from,
      to,
    })),
    photos: around.photos.map(({ id, deptCode, stage, createdAt, bytes }) => ({
      id,
      deptCode,
      stage,
      at: isoLocal(createdAt),
      bytes,
    })),
    form: around.form,
    upward: around.upward.map((row) => ({
      id: row.id,
      occasion: row.occasion,
      state: row.state,
      road: row.road,
      sentAt: momentOrNull(row.sentAt),
      receipt: row.receipt,
      acknowledgement: row.acknowledgement,
      acknowledgedAt: momentOrNull(row.acknowledgedAt),
      problem: row.problem,
    })),
    missing: [...around.missing],
    allowed: allowedCallActions(state, reader),
  };
}

function responseResource(
  response: CallResponse,
  { orgName }: CallSurroundings,
): z.infer<typeof ResponseResource> {
  return {
    deptCode: response.deptCode,
    deptName: orgName(response.deptCode),
    status: response.status,
    statusName: response.releasedAt === null ? RESPONSE_STATUS_NAMES[response.status] : "不用到场",
    headcount: response.headcount,
    promised: response.promised,
    dispatchedAt: isoLocal(response.dispatchedAt),
    respondBy: isoLocal(response.respondBy),
    respondedAt: momentOrNull(response.respondedAt),
    arriveBy: isoLocal(response.arriveBy),
    etaMinutes: response.etaMinutes,
    claim: checkInResource(response.claim),
    checkIn: checkInResource(response.checkIn),
    completeBy: momentOrNull(response.completeBy),
    completedAt: momentOrNull(response.completedAt),
    completion: response.completion,
    declineReason: response.declineReason,
    releasedAt: momentOrNull(response.releasedAt),
    score: response.score,
    scoreComment: response.scoreComment,
    faults: response.faults.map(({ fault }) => fault),
    evidence: response.faults.map(({ fault, evidence, recordedAt, finding, appeal }) => ({
      fault,
      faultName: FAULT_NAMES[fault],
      evidence,
      recordedAt: isoLocal(recordedAt),
      finding: finding && { ...finding, at: isoLocal(finding.at) },
      appeal: appeal && { ...appeal, at: isoLocal(appeal.at) },
    })),
  };
}

const checkInResource = (arrival: CheckIn | null): z.infer<typeof CheckInResource> | null =>
  arrival && { ...arrival, at: isoLocal(arrival.at) };
