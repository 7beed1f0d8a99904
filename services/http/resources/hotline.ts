import { z } from "zod";
import type { HotlineOrderRow, HotlineUpdateRow } from "../../../db/queries/hotline.ts";
import type { HotlineAnswerRow } from "../../../db/queries/hotline-answers.ts";
import { HOTLINE_OUTCOMES } from "../../../db/schema/hotline.ts";
import { ANSWER_KINDS, ANSWER_ROADS, ANSWER_STATES } from "../../domain/hotline/answer.ts";
import { HOTLINE_LINES, HOTLINE_NAMES, HOTLINE_ROADS } from "../../domain/hotline/line.ts";
import { HOTLINE_ASKS, HOTLINE_STATES } from "../../domain/hotline/state.ts";
import { maskPersonalData } from "../../domain/masking.ts";
import { isoLocal } from "../../domain/time.ts";
import type { TakenOrders } from "../../workflows/hotline/take-orders.ts";
import { Moment, momentOrNull } from "./shared.ts";

/** The order that an event was made of, as officials know it. */
export const HotlineRefResource = z.object({
  line: z.enum(HOTLINE_LINES),
  lineName: z.string(),
  no: z.string().describe("the hotline's own number"),
  dueAt: Moment.nullable().describe("the hotline's deadline; the shorter of it and ours holds"),
});

export const hotlineRefResource = ({ line, no, dueAt }: HotlineOrderRow) => ({
  line,
  lineName: HOTLINE_NAMES[line],
  no,
  dueAt: momentOrNull(dueAt),
});

export const HotlineOrderResource = HotlineRefResource.extend({
  eventNo: z.string().nullable().describe("null until the event is made, a moment later"),
  road: z.enum(HOTLINE_ROADS),
  state: z.enum(HOTLINE_STATES).nullable().describe("theirs, as last heard"),
  toldState: z.enum(HOTLINE_STATES).nullable().describe("what they were told last"),
  contact: z
    .object({ name: z.string().nullable(), phone: z.string().nullable() })
    .nullable()
    .describe("the caller; masked but where the reading is audited"),
  receivedAt: Moment,
});

/** @param contact - `shown` only where the reading is audited */
export const hotlineOrderResource = (row: HotlineOrderRow, contact: "shown" | "masked") => ({
  ...hotlineRefResource(row),
  eventNo: row.eventNo,
  road: row.road,
  state: row.state,
  toldState: row.toldState,
  contact:
    row.contact === null || contact === "shown"
      ? row.contact
      : {
          name: row.contact.name === null ? null : `${[...row.contact.name][0] ?? ""}**`,
          phone: row.contact.phone === null ? null : maskedPhone(row.contact.phone),
        },
  receivedAt: isoLocal(row.receivedAt),
});

/** Whatever is written in a column for numbers is one. */
function maskedPhone(phone: string): string {
  const masked = maskPersonalData(phone);
  return masked === phone ? `****${phone.slice(-2)}` : masked;
}

export const HotlineUpdateResource = z.object({
  receivedAt: Moment,
  changedAt: Moment.nullable().describe("by the hotline's clock"),
  road: z.enum(HOTLINE_ROADS),
  state: z.enum(HOTLINE_STATES).nullable(),
  asks: z.array(z.enum(HOTLINE_ASKS)),
  words: z.string().nullable().describe("masked; null for those who only handle the event"),
  dueAt: Moment.nullable(),
  raw: z.record(z.string(), z.string()).describe("their columns as they came, without the caller"),
  outcome: z.enum(HOTLINE_OUTCOMES).describe("kept: a person has to look"),
  reason: z.string().nullable(),
});

export const hotlineUpdateResource = (row: HotlineUpdateRow) => ({
  receivedAt: isoLocal(row.receivedAt),
  changedAt: momentOrNull(row.changedAt),
  road: row.road,
  state: row.state,
  asks: row.asks,
  words: row.words,
  dueAt: momentOrNull(row.dueAt),
  raw: row.raw,
  outcome: row.outcome,
  reason: row.reason,
});

export const HotlineAnswerResource = z.object({
  id: z.string(),
  orderNo: z.string(),
  eventNo: z.string(),
  kind: z.enum(ANSWER_KINDS),
  state: z.enum(HOTLINE_STATES),
  text: z.string(),
  orgName: z.string().nullable(),
  at: Moment,
  sendState: z.enum(ANSWER_STATES),
  road: z.enum(ANSWER_ROADS).nullable(),
  sentAt: Moment.nullable(),
  receipt: z.string().nullable(),
  problem: z.string().nullable(),
});

export const hotlineAnswerResource = (row: HotlineAnswerRow) => ({
  id: row.id,
  orderNo: row.orderNo,
  eventNo: row.eventNo,
  kind: row.kind,
  state: row.state,
  text: row.text,
  orgName: row.orgName,
  at: isoLocal(row.at),
  sendState: row.sendState,
  road: row.road,
  sentAt: momentOrNull(row.sentAt),
  receipt: row.receipt,
  problem: row.problem,
});

/** What became of a feed. */
export const TakenResource = z.object({
  taken: z.number().int().describe("new orders: each becomes an event"),
  updated: z.number().int().describe("newer versions of known orders"),
  repeated: z.number().int().describe("versions that had come before: nothing was done"),
  problems: z
    .array(
      z.object({
        at: z.number().int().describe("line of the file, or place in the list, from 1"),
        column: z.string(),
        what: z.string().describe("ends with what to do"),
      }),
    )
    .describe("rows that were not taken; send them again once corrected, the others do no harm"),
});

const MOST_PROBLEMS = 500;

export const takenResource = ({ taken, updated, repeated, problems }: TakenOrders) => ({
  taken,
  updated,
  repeated,
  problems: problems.slice(0, MOST_PROBLEMS),
});
