import type { Conversation, EventStory, Person } from "./api.ts";
import { lastPart } from "./short-names.ts";
import { findSpeaker, residentNamed, type Speaker, speakerOf } from "./speakers.ts";

/** What happens next in an event's life, and who would say it where. */
export interface NextStep {
  /** such as 受理 */
  title: string;
  why: string;
  speaker: Speaker;
  conversationId: string;
  text: string;
}

export interface TourContext {
  story: EventStory | null;
  people: readonly Person[];
  conversations: readonly Conversation[];
  /** where the newcomer is; a report begins here if it is a residents' group */
  here: Conversation | null;
  place: string;
}

/** Leads a newcomer through the whole loop; null where nobody of the registry could go on. */
export function nextStep(context: TourContext): NextStep | null {
  const { story } = context;
  if (story === null) return report(context);
  switch (story.status) {
    case "draft":
      return asReporter(context, story, {
        title: "补充地点",
        why: "还差一点信息,补上就能送到指挥室",
        text: `在${context.place}3幢楼下`,
      });
    case "pendingAccept":
      return asOfficial(context, story, commandRoom(context, story), {
        title: "受理",
        why: "指挥室受理员看过,确认属于本街道",
        text: `受理 ${story.no}`,
      });
    case "accepted":
      return asOfficial(context, story, commandRoom(context, story), {
        title: "交办",
        why: "交给能办这件事的单位",
        text: `交办 ${story.no} 给${lastPart(handlingOrg(context, story)?.name ?? "环卫所")}`,
      });
    case "assigned":
      return asOfficial(context, story, handler(context, story), {
        title: "签收",
        why: "办理单位收到任务,签收后开始办",
        text: `签收 ${story.no}`,
      });
    case "handling":
      return asOfficial(context, story, handler(context, story), {
        title: "办结",
        why: "办完了,说明做了什么",
        text: `办结 ${story.no} 已到现场处理完毕`,
      });
    case "completed":
      return asOfficial(context, story, gridStaff(context, story), {
        title: "验收",
        why: "网格员到现场看一眼,报的人和办的人分开",
        text: `验收通过 ${story.no}`,
      });
    case "verified":
    case "closed":
      return story.reporters.some((reporter) => !reporter.rated)
        ? asReporter(context, story, {
            title: "评价",
            why: "请当初报事的人打个分",
            text: "修好了 五星",
          })
        : report(context);
    default:
      return report(context);
  }
}

type Wording = Pick<NextStep, "title" | "why" | "text">;

function report({ conversations, here, place }: TourContext): NextStep | null {
  const group =
    here?.kind === "resident" ? here : conversations.find((one) => one.kind === "resident");
  if (group === undefined) return null;
  return {
    title: "报一件事",
    why: "用大白话说:哪里、出了什么事",
    speaker: residentNamed("李阿姨"),
    conversationId: group.conversationId,
    text: `${group.examplePlace ?? place}3幢楼下的路灯不亮了,晚上看不见路`,
  };
}

function asReporter(context: TourContext, story: EventStory, wording: Wording): NextStep | null {
  const reporter = story.reporters.find((one) => !one.rated) ?? story.reporters[0];
  if (reporter === undefined) return null;
  return {
    ...wording,
    speaker: findSpeaker(context.people, reporter.userId),
    conversationId: reporter.conversationId,
  };
}

/** Officials speak in their street's work group; where there is none, in private with the bot. */
function asOfficial(
  { conversations }: TourContext,
  story: EventStory,
  person: Person | undefined,
  wording: Wording,
): NextStep | null {
  if (person === undefined) return null;
  const street = person.streetCode ?? story.streetCode;
  const group = conversations.find((one) => one.kind === "work" && one.orgCode === street);
  return {
    ...wording,
    speaker: speakerOf(person),
    conversationId: group?.conversationId ?? `private:${person.id}`,
  };
}

const commandRoom = ({ people }: TourContext, story: EventStory): Person | undefined =>
  people.find(
    (person) =>
      person.roles.includes("dispatcher") &&
      (story.streetCode === null || person.streetCode === story.streetCode),
  );

const HANDLING_ROLES = ["stationOfficer", "responder", "streetOfficer", "gridLeader", "gridWorker"];

const handlersOf = (people: readonly Person[], orgCode: string): Person[] =>
  HANDLING_ROLES.flatMap((role) =>
    people.filter((person) => person.orgCode === orgCode && person.roles.includes(role)),
  );

/** Whom the routing names, if somebody there can sign; else a station of the street. */
function handlingOrg(
  { people }: TourContext,
  story: EventStory,
): { code: string; name: string } | null {
  const named = story.suggestedOrg;
  if (named !== null && handlersOf(people, named.code).length > 0) return named;
  const officer = people.find(
    (person) => person.roles.includes("stationOfficer") && person.streetCode === story.streetCode,
  );
  return officer === undefined ? named : { code: officer.orgCode, name: officer.orgName ?? "" };
}

function handler({ people }: TourContext, story: EventStory): Person | undefined {
  const lead = story.assignees.find((assignee) => assignee.role === "lead");
  if (lead === undefined) return undefined;
  const candidates = handlersOf(people, lead.orgCode);
  return candidates.find((person) => person.name === lead.personName) ?? candidates[0];
}

/** A grid worker who did not handle it: at the lowest level somebody else looks. */
function gridStaff({ people }: TourContext, story: EventStory): Person | undefined {
  const handlers = story.assignees.map((assignee) => assignee.personName);
  return ["gridWorker", "gridLeader", "gridMentor"]
    .flatMap((role) => people.filter((person) => person.roles.includes(role)))
    .find(
      (person) =>
        story.gridCode !== null &&
        person.gridCodes.includes(story.gridCode) &&
        !handlers.includes(person.name),
    );
}

/** The stations of the loop, with how far an event has come. */
export const LOOP = ["上报", "受理", "交办", "签收", "办结", "验收", "评价"] as const;

const REACHED: Record<string, number> = {
  draft: 0,
  pendingAccept: 1,
  accepted: 2,
  assigned: 3,
  handling: 4,
  completed: 5,
  verified: 6,
  closed: 6,
  archived: 7,
  consulting: 2,
  escalated: 2,
};

/** Number of stations passed, 0–7; null where the event left the loop (rejected, merged, withdrawn). */
export function stationsPassed(story: EventStory): number | null {
  const passed = REACHED[story.status];
  if (passed === undefined) return null;
  const rated = story.reporters.length > 0 && story.reporters.every((one) => one.rated);
  return passed >= 6 && rated ? 7 : passed;
}
