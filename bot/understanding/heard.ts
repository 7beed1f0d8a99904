import type { Role } from "../../services/domain/actor.ts";
import type { EventStatus } from "../../services/domain/event.ts";

export interface Speaker {
  official: boolean;
  roles: readonly Role[];
}

/** A message and all that is needed to understand it. */
export interface Heard {
  text: string;
  hasPicture: boolean;
  sentAt: Date;
  speaker: Speaker;
  conversation: {
    type: "group" | "private";
    kind: "resident" | "work" | "call" | null;
    gridCode: string | null;
  };
  /** what the bot has just asked this person, so that a bare 「3幢2单元」 is an answer */
  pendingQuestion: "place" | "situation" | null;
  /** slug that the reporter picked from a list; the words are about that, unless somebody is in danger */
  chosenCategory?: string;
  /** a hotline's order: one problem, whatever its words would be in chat */
  order?: true;
  /** the speaker's own recent events, newest first */
  ownEvents: RecentEvent[];
  /** recent events of the neighbourhood (same grid, 24 h), newest first: 「我家也没水」 joins one */
  neighbourEvents: RecentEvent[];
}

export interface RecentEvent {
  no: string;
  category: string;
  summary: string;
  placeRaw: string | null;
  gridCode: string | null;
  status: EventStatus;
  /** the speaker was joined to it, and did not report it first */
  joined?: boolean;
  createdAt: Date;
}
