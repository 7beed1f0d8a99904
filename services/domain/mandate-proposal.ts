import type { Actor, Role } from "./actor.ts";

/** A case in which it was not clear whose matter it is. */
export interface HardCase {
  no: string;
  category: string;
  streetCode: string | null;
  /** asked for a consultation, sent a special report, given back, or declined by a department */
  signs: readonly HardCaseSign[];
  /** organisations that gave it back or declined it */
  refusedBy: readonly string[];
}

export const HARD_CASE_SIGNS = ["consult", "specialReport", "return", "decline"] as const;
export type HardCaseSign = (typeof HARD_CASE_SIGNS)[number];

/** A kind of matter that comes up again and again without an owner: for the 三定 office to settle. */
export interface MandateProposal {
  category: string;
  cases: number;
  signs: Record<HardCaseSign, number>;
  streets: string[];
  refusedBy: string[];
  /** numbers of some of them, the newest last */
  examples: string[];
}

/** One case is an exception, two are a pattern. */
const LEAST_CASES = 2;
const MOST_EXAMPLES = 5;

/**
 * The recurring hard cases (常态性疑难, seed 002: 纳入“三定方案”修改), by category, the most frequent first.
 * A single return may be a slip; it counts where it happened twice or beside another sign.
 */
export function mandateProposals(cases: readonly HardCase[]): MandateProposal[] {
  const byCategory = new Map<string, HardCase[]>();
  for (const one of cases.filter(isHard))
    byCategory.set(one.category, [...(byCategory.get(one.category) ?? []), one]);
  return [...byCategory]
    .filter(([, own]) => own.length >= LEAST_CASES)
    .map(([category, own]) => proposal(category, own))
    .sort((a, b) => b.cases - a.cases || (a.category < b.category ? -1 : 1));
}

const isHard = ({ signs }: HardCase): boolean =>
  signs.some((sign) => sign !== "return") || signs.length >= 2;

function proposal(category: string, own: readonly HardCase[]): MandateProposal {
  const having = (sign: HardCaseSign) => own.filter(({ signs }) => signs.includes(sign)).length;
  const once = (codes: readonly string[]) => [...new Set(codes)].sort();
  return {
    category,
    cases: own.length,
    signs: {
      consult: having("consult"),
      specialReport: having("specialReport"),
      return: having("return"),
      decline: having("decline"),
    },
    streets: once(own.flatMap(({ streetCode }) => streetCode ?? [])),
    refusedBy: once(own.flatMap(({ refusedBy }) => refusedBy)),
    examples: own.map(({ no }) => no).slice(-MOST_EXAMPLES),
  };
}

/** The list is the district's: it names organisations and what they would not do. */
const READERS: readonly Role[] = ["districtDispatcher", "supervisor", "admin"];
export const mayReadMandates = (actor: Actor): boolean =>
  actor.power !== undefined || actor.roles.some((role) => READERS.includes(role));

export const MANDATE_PROPOSAL_DEFINITION =
  "期内登记、曾提请会商或专报、或被退单两次以上的事件,和部门不响应的呼叫,按类别计;同类两件以上列入";
