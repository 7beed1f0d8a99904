import type { Chance } from "../../services/chance.ts";
import type { EventState } from "../../services/domain/event.ts";
import { EventCommand } from "../../services/domain/event-command.ts";
import type { Urgency } from "../../services/domain/level.ts";

/** What people of the simulated district do next to an event, and after how long; null: never. */
export interface NextMove {
  command: EventCommand;
  afterMinutes: number;
}

/** How long somebody usually takes over one step, in minutes of natural time. */
const USUAL: Record<Urgency, number> = { critical: 15, urgent: 6 * 60, normal: 20 * 60 };

/**
 * Most act in good time, a quarter late, a few never: what nobody does is what reminders are for.
 *
 * @param orgs - organisations that work can be given to
 */
export function nextMove(
  event: EventState,
  orgs: readonly string[],
  chance: Chance,
): NextMove | null {
  const command = commandFor(event, orgs, chance);
  if (command === null || chance.in(0.06)) return null;
  const share = chance.in(0.25) ? chance.between(2, 12) : chance.between(0.05, 1.5);
  return { command: EventCommand.parse(command), afterMinutes: share * USUAL[event.urgency] };
}

function commandFor(
  event: EventState,
  orgs: readonly string[],
  chance: Chance,
): Record<string, unknown> | null {
  switch (event.status) {
    case "draft":
    case "pendingAccept":
      return chance.in(0.05) ? { action: "reject", reason: "不归我们管" } : { action: "accept" };
    case "accepted":
      return chance.in(0.06)
        ? { action: "escalate", reason: "街道处理不了" }
        : { action: "assign", orgCode: chance.of(orgs) };
    case "escalated":
      return { action: "assign", orgCode: chance.of(orgs) };
    case "assigned":
      return chance.in(0.1) ? { action: "return", reason: "不属我们职责" } : { action: "sign" };
    case "handling":
      return whileHandling(event, chance);
    case "completed":
      return chance.in(0.15)
        ? { action: "reopen", reason: "没有办好" }
        : { action: "verify", passed: true };
    case "verified":
      return { action: "close", note: "已电话告知" };
    default:
      return null;
  }
}

function whileHandling(event: EventState, chance: Chance): Record<string, unknown> {
  if (event.delayRequest !== null) {
    return { action: "decideDelay", approved: chance.in(0.7), reason: "酌情" };
  }
  if (event.demands.length > 0) return { action: "progress", note: "正在办" };
  if (!event.delayApproved && chance.in(0.1)) {
    return { action: "delay", workdays: 5, reason: "要等材料" };
  }
  if (chance.in(0.05)) return { action: "supervise", note: "尽快办" };
  return { action: "complete", note: "已处理" };
}
