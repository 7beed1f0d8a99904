import type { CardPurpose } from "../../services/domain/card.ts";
import type { NoticeBody } from "../../services/domain/notice.ts";
import type { Duty } from "../../services/domain/obligation.ts";
import { REMINDERS_NOTICE, type ReminderDigest } from "../../services/domain/reminder-item.ts";
import type { Card } from "../channels/channel.ts";

/** What a notice asks its receiver to do, where a card has a button for it. */
export interface Asked {
  no: string;
  purpose: CardPurpose;
  /** path of the check-in page */
  link: string | null;
}

const PURPOSES: Readonly<Record<string, CardPurpose>> = {
  newEvent: "accept",
  assigned: "handle",
  reopened: "handle",
  callToApprove: "approve",
  callAmended: "approve",
  callToSupplement: "approve",
  callDispatched: "respond",
  callMoved: "respond",
};

const PURPOSES_OF_DUTIES: Partial<Record<Duty, CardPurpose>> = {
  accept: "accept",
  sign: "handle",
  complete: "handle",
  approve: "approve",
  supplementApproval: "approve",
  respond: "respond",
  arrive: "respond",
  completeCall: "respond",
};

/** Null where a notice asks for nothing that can be pressed, or for several things. */
export function askedBy(body: NoticeBody): Asked | null {
  if (body.kind === REMINDERS_NOTICE)
    return askedByReminder(body.params as unknown as ReminderDigest);
  const purpose = PURPOSES[body.kind];
  const { no, link } = body.params;
  if (purpose === undefined || typeof no !== "string") return null;
  return { no, purpose, link: typeof link === "string" ? link : null };
}

function askedByReminder({ items }: ReminderDigest): Asked | null {
  const [only, ...others] = items;
  if (only === undefined || others.length > 0 || only.ask !== "do") return null;
  const purpose = PURPOSES_OF_DUTIES[only.duty];
  return purpose === undefined ? null : { no: only.subject.no, purpose, link: null };
}

/** The first line of what would be said is the title. */
export function wordsOf(text: string): Pick<Card, "title" | "lines"> {
  const [title = "", ...lines] = text.split("\n");
  return { title, lines };
}
