import type { MissingElement } from "./event.ts";
import type { EventLevel, Urgency } from "./level.ts";
import type { Occurrence } from "./occurrence/occurrence.ts";
import type { Platform } from "./platform.ts";
import type { SupervisionGrade } from "./supervision.ts";

/** What a message is (domain.md 3.5). Commands of officials are `command`; the rest is people talking. */
export const MESSAGE_KINDS = [
  "report",
  "emergency",
  "consult",
  "help",
  "suggestion",
  "complaint",
  "supplement",
  "correct",
  "withdraw",
  "metoo",
  "separate",
  "progressQuery",
  "urge",
  "rating",
  "patrolLog",
  "selfHandled",
  "command",
  "wishPublish",
  "dutyChange",
  "mediaOnly",
  "chitchat",
  "ad",
  "notice",
  "rumor",
  "injectionOnly",
  "privacyRequest",
  "handOver",
  "unsupported",
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Kinds that may become an event. Every other kind never does. */
export const REPORTING_KINDS = [
  "report",
  "emergency",
  "consult",
  "help",
  "suggestion",
  "complaint",
  "wishPublish",
] as const satisfies readonly MessageKind[];

/** The bot's best reading of one message. A candidate only: people accept, dispatch, close and judge. */
export interface Understanding {
  kind: MessageKind;
  /** one per problem; several only for reporting kinds, at most five */
  items: ReportItem[];
  /** what an official asked for, in the order said; empty unless `kind` is `command` */
  commands: Command[];
  /** the numbers named, in order: `SJ20261121-0087`, `HJ20261122-003` */
  numbers: string[];
  /** 1–5 for `rating`; null when it was said without stars (「修好了」 is 5, 「没修」 is 1) */
  rating: number | null;
  /** for `correct`: the words that replace the old ones */
  correction: { place: PlaceReading | null; text: string } | null;
  /** for `separate`: what was said beside 「不是一回事」 */
  more?: string;
  /** for `privacyRequest` */
  privacy: "notice" | "erase" | "export" | null;
  /** counts found in a patrol log, such as `{"独居老人": 6, "出租房": 4}` */
  patrolCounts: Record<string, number>;
  /** for `emergency`: which one, so that the right number is rung first */
  emergency: EmergencyKind | null;
  /** the text tries to give the bot orders; its facts are read all the same */
  injection: boolean;
  /** concerns conduct, privacy or fear of reprisal: continue in private and keep the reporter secret */
  confidential: boolean;
  /** 0–1 */
  confidence: number;
  by: "rules" | "model" | "hybrid";
  /** `name@version` of the prompt; null without a model */
  promptVersion: string | null;
}

export interface ReportItem {
  /** a slug of the catalog */
  category: string;
  /** where a model was heard: what it and the rules took it for; null for none */
  opinions?: { rules: string | null; model: string | null };
  /** the best three, best first, with scores that add up to at most 1 */
  candidates: { category: string; score: number }[];
  /** `consult` items are answered, not filed as events */
  kind: "report" | "consult";
  /** the words of a question, as they were read */
  asked?: string;
  /** at most 40 characters, no phone, ID or room number */
  summary: string;
  level: EventLevel;
  urgency: Urgency;
  platform: Platform | null;
  place: PlaceReading;
  /** when it happened as said (「昨天下午」), null when not said */
  timeText: string | null;
  /** the same in moments of Asia/Shanghai, seen from when it was said; null where it names none */
  occurrence: Occurrence | null;
  /** how many people it concerns as said, null when not said */
  people: number | null;
  missing: MissingElement[];
}

/** A place as read from the words and, where possible, found in the address registry. */
export interface PlaceReading {
  /** the exact words of the message; empty when no place was named */
  raw: string;
  /** `raw` with typos mended and names completed: 锦秀苑7憧 → 锦绣苑7幢 */
  standard: string;
  addressCode: string | null;
  gridCode: string | null;
  lng: number | null;
  lat: number | null;
  /** grids that fit equally well; more than one means that the bot has to ask */
  ambiguous: { addressCode: string; name: string; gridCode: string }[];
}

export const EMERGENCY_KINDS = [
  "fire",
  "medical",
  "crime",
  "traffic",
  "gasLeak",
  "elevatorTrap",
  "drowning",
  "suicide",
  "collapse",
] as const;
export type EmergencyKind = (typeof EMERGENCY_KINDS)[number];

/**
 * Why words that name an action are no order to do it: 「不签批」, 「等核实再受理」, 「要不要派遣?」, 「如果签批」,
 * 「他说签批」, 「明天到了」.
 */
export type Doubt = "negated" | "postponed" | "asked" | "conditional" | "quoted" | "future";

/** One thing an official told the bot to do. `action` is a word of the glossary. */
export interface Command {
  /**
   * EventAction, CallAction, AlarmAction, or one of `status history todo help login claim alarmStatus`; `withheld` for words that
   * name an action without ordering it, `unclear` for a number beside which nothing was understood
   */
  action: string;
  /**
   * for `withheld`: the action that was named, and why it is no order; for `callDraft`: said in the
   * speaker's own words, which may as well answer a question about an open draft
   */
  meant?: string;
  doubt?: Doubt;
  /** `SJ…`, `HJ…` or `GJ…`; null when none was named */
  no: string | null;
  /** the other event of a merge */
  otherNo: string | null;
  level: EventLevel | null;
  platform: Platform | null;
  /** the organisation as named, and the support organisations, unresolved: 「环卫所」 */
  orgName: string | null;
  supportNames: string[];
  /** a person as named: 「交办给综合执法中队 老周」 */
  personName: string | null;
  workdays: number | null;
  /** for `supervise`: 黄牌督办, 红牌督办 */
  grade: SupervisionGrade | null;
  /** for `decideDelay` */
  approved: boolean | null;
  /** the free part: reason, note, explanation */
  note: string;
}
