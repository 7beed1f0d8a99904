import { z } from "zod";
import {
  CALL_RATE_PARTS,
  CALL_RATES,
  type CallCounts,
  type CallRateName,
  callRates,
} from "../../domain/call-rates.ts";
import {
  type EventCounts,
  overviewRates,
  RATE_PARTS,
  RATES,
  type Rate,
  type RateName,
} from "../../domain/rates.ts";
import { Moment } from "./shared.ts";

export const ALL_RATES = [...RATES, ...CALL_RATES] as const;
export type AnyRate = RateName | CallRateName;

export const RateResource = z.object({
  name: z.string(),
  numerator: z.number().describe("a sum, where the rate is an average"),
  denominator: z.number().int(),
  value: z
    .number()
    .nullable()
    .describe("to four digits, half rounded up; null where there is nothing to divide by"),
  definition: z.string(),
});

const byRate = <Value extends z.ZodType>(value: Value) =>
  z.object(Object.fromEntries(ALL_RATES.map((name) => [name, value])) as Record<AnyRate, Value>);

export const RatesResource = byRate(RateResource);

/** Rates in rows, whose definitions stand beside the rows. */
export const BareRates = byRate(RateResource.omit({ name: true, definition: true }));
export type BareRates = z.infer<typeof BareRates>;

export const Definitions = byRate(RateResource.pick({ name: true, definition: true }));

export const ScopeResource = z.object({
  from: Moment.nullable(),
  to: Moment.nullable(),
  org: z
    .string()
    .nullable()
    .describe("null: all that you may see figures of; for most the whole district"),
});

export const ratesOf = (events: EventCounts, calls: CallCounts): Record<AnyRate, Rate> => ({
  ...overviewRates(events),
  ...callRates(calls, events.levelThreeUp),
});

export function bareRates(events: EventCounts, calls: CallCounts): BareRates {
  return Object.fromEntries(
    Object.entries(ratesOf(events, calls)).map(([name, { numerator, denominator, value }]) => [
      name,
      { numerator, denominator, value },
    ]),
  ) as BareRates;
}

export const DEFINITIONS = Object.fromEntries(
  Object.entries({ ...RATE_PARTS, ...CALL_RATE_PARTS }).map(([rate, { name, definition }]) => [
    rate,
    { name, definition },
  ]),
) as Record<AnyRate, { name: string; definition: string }>;
