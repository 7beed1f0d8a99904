import { z } from "zod";
import { CALL_TYPES, FAULTS } from "./call-ticket.ts";
import { SUPERVISION_GRADES } from "./supervision.ts";

const text = z.string().trim().max(2000);
const moment = z.iso.datetime({ offset: true }).transform((iso) => new Date(iso));
const place = z.object({
  raw: z.string().trim().min(1).max(200),
  addressCode: z.string().nullable().default(null),
  gridCode: z.string().nullable().default(null),
  lng: z.number().min(-180).max(180).nullable().default(null),
  lat: z.number().min(-90).max(90).nullable().default(null),
});
const department = z.object({
  deptCode: z.string(),
  headcount: z.number().int().min(1).max(999).nullable().default(null),
});

const matter = {
  cause: text.min(1),
  callType: z.enum(CALL_TYPES),
  /** number in the 属地管理清单; null lets the cause find it */
  itemNo: z.string().nullable(),
  place: place.nullable(),
  deptCodes: z.array(z.string()).max(20),
  reportAt: moment.nullable(),
};

/** What a call is about, as drafted. */
export const CallDraft = z.object({
  cause: matter.cause,
  callType: matter.callType.default("complex"),
  itemNo: matter.itemNo.default(null),
  place: matter.place.default(null),
  deptCodes: matter.deptCodes.default([]),
  reportAt: matter.reportAt.default(null),
});
export type CallDraft = z.infer<typeof CallDraft>;

/** What somebody wants done to a call: the body of `POST /api/call-tickets/{no}/actions`, and chat. */
export const CallCommand = z.discriminatedUnion("action", [
  z.object({ action: z.literal("submit") }),
  z
    .object(matter)
    .partial()
    .extend({ action: z.literal("amend") }),
  z.object({ action: z.literal("cancel"), reason: text.optional() }),
  z.object({ action: z.literal("approve"), note: text.optional() }),
  z.object({ action: z.literal("rejectApproval"), reason: text }),
  z.object({
    action: z.literal("assess"),
    passed: z.boolean().default(true),
    reason: text.optional(),
  }),
  z.object({
    action: z.literal("dispatch"),
    departments: z.array(department).max(20).default([]),
    reportAt: moment.nullable().default(null),
    reportPlace: place.nullable().default(null),
    /** departments these stand in for; they are released */
    replaces: z.array(z.string()).default([]),
    note: text.optional(),
  }),
  z.object({ action: z.literal("release"), deptCode: z.string(), reason: text.optional() }),
  z.object({
    action: z.literal("respond"),
    deptCode: z.string().optional(),
    headcount: z.number().int().min(1).max(999).optional(),
    note: text.optional(),
  }),
  z.object({ action: z.literal("decline"), deptCode: z.string().optional(), reason: text }),
  z.object({
    action: z.literal("eta"),
    deptCode: z.string().optional(),
    minutes: z.number().int().min(1).max(1440),
    note: text.optional(),
  }),
  z.object({
    action: z.literal("checkIn"),
    deptCode: z.string().optional(),
    lng: z.number().min(-180).max(180).nullable().default(null),
    lat: z.number().min(-90).max(90).nullable().default(null),
    /** metres within which the position is right, as the device says; null: it does not say */
    accuracyM: z.number().min(0).nullable().default(null),
    /** when they came, where the report of it was delayed by a dead spot; now where it is later, refused before the dispatch */
    at: moment.optional(),
    headcount: z.number().int().min(1).max(999).optional(),
    note: text.optional(),
  }),
  z.object({
    action: z.literal("confirmArrival"),
    deptCode: z.string(),
    at: moment.optional(),
    note: text.optional(),
  }),
  z.object({ action: z.literal("siteLog"), note: text.min(1) }),
  z.object({
    action: z.literal("complete"),
    deptCode: z.string().optional(),
    note: text.default(""),
  }),
  z.object({
    action: z.literal("delay"),
    deptCode: z.string().optional(),
    workdays: z.number().int().min(1).max(60),
    reason: text,
  }),
  z.object({
    action: z.literal("decideDelay"),
    /** may be left out where one department asks */
    deptCode: z.string().optional(),
    approved: z.boolean(),
    reason: text.optional(),
  }),
  z.object({
    action: z.literal("close"),
    note: text.default(""),
    /** 0–100 by department code */
    scores: z.record(z.string(), z.number().min(0).max(100)).default({}),
    comments: z.record(z.string(), text).default({}),
  }),
  z.object({
    action: z.literal("evaluate"),
    scores: z.record(z.string(), z.number().min(0).max(100)),
    comments: z.record(z.string(), text).default({}),
  }),
  z.object({
    action: z.literal("followUp"),
    note: text.default(""),
    satisfied: z.boolean().nullable().default(null),
  }),
  z.object({
    action: z.literal("findFault"),
    deptCode: z.string(),
    fault: z.enum(FAULTS),
    note: text.optional(),
  }),
  z.object({ action: z.literal("circular"), note: text.optional() }),
  z.object({ action: z.literal("appeal"), deptCode: z.string().optional(), note: text }),
  z.object({ action: z.literal("urge"), deptCode: z.string().optional(), note: text.optional() }),
  z.object({
    action: z.literal("supervise"),
    deptCode: z.string().optional(),
    grade: z.enum(SUPERVISION_GRADES).default("normal"),
    answerBy: moment.optional(),
    note: text.optional(),
  }),
  z.object({
    action: z.literal("instruct"),
    deptCode: z.string().optional(),
    answerBy: moment.optional(),
    note: text,
  }),
  z.object({ action: z.literal("answer"), note: text }),
  z.object({ action: z.literal("archive") }),
]);
export type CallCommand = z.infer<typeof CallCommand>;
export type CallCommandFor<A extends CallCommand["action"]> = Extract<CallCommand, { action: A }>;
