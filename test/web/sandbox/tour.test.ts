import { describe, expect, it } from "vitest";
import type { Conversation, EventStory, Person } from "../../../web/sandbox/api.ts";
import { nextStep, stationsPassed } from "../../../web/sandbox/tour.ts";

const person = (id: string, role: string, changes: Partial<Person> = {}): Person => ({
  id,
  name: id,
  roles: [role],
  roleNames: [role],
  orgCode: "S1",
  orgName: "柳岸街道",
  streetCode: "S1",
  gridCodes: [],
  gridNames: [],
  ...changes,
});
const people = [
  person("网格员甲", "gridWorker", { orgCode: "C1", gridCodes: ["G2"] }),
  person("网格员乙", "gridWorker", { orgCode: "C1", gridCodes: ["G1"] }),
  person("别街受理员", "dispatcher", { orgCode: "S2", streetCode: "S2" }),
  person("受理员", "dispatcher"),
  person("环卫员", "stationOfficer", { orgCode: "H1", orgName: "柳岸街道环卫所" }),
];
const conversation = (
  conversationId: string,
  kind: Conversation["kind"],
  orgCode: string,
): Conversation => ({
  conversationId,
  name: conversationId,
  kind,
  channel: "sandbox",
  orgCode,
  orgName: null,
  gridCode: null,
  gridName: null,
  examplePlace: kind === "resident" ? "杨柳郡" : null,
  last: null,
});
const conversations = [
  conversation("home", "resident", "C1"),
  conversation("work-2", "work", "S2"),
  conversation("work-1", "work", "S1"),
];
const story = (status: string, changes: Partial<EventStory> = {}): EventStory => ({
  no: "SJ20261123-0001",
  status,
  statusName: status,
  categoryName: "路灯不亮",
  levelName: "一级(网格)",
  urgencyName: "一般",
  summary: "路灯不亮",
  place: "杨柳郡3幢",
  timeText: null,
  gridCode: "G1",
  streetCode: "S1",
  reporterCount: 1,
  createdAt: "",
  dueAt: null,
  assignees: [{ orgCode: "H1", orgName: "", personName: null, role: "lead", signed: false }],
  reporters: [{ userId: "老周", conversationId: "home", rated: false }],
  suggestedOrg: { code: "H1", name: "柳岸街道环卫所" },
  steps: [],
  ...changes,
});
const step = (of: EventStory | null, changes: Partial<Parameters<typeof nextStep>[0]> = {}) => {
  const next = nextStep({
    story: of,
    people,
    conversations,
    here: null,
    place: "杨柳郡",
    ...changes,
  });
  return next === null ? null : [next.title, next.speaker.userId, next.conversationId, next.text];
};

describe("the way a newcomer is led through the loop", () => {
  it("begins with a report in a residents' group, at a place of that grid", () => {
    expect(step(null)).toEqual([
      "报一件事",
      "李阿姨",
      "home",
      "杨柳郡3幢楼下的路灯不亮了,晚上看不见路",
    ]);
  });

  it.each([
    ["pendingAccept", "受理", "受理员", "work-1", "受理 SJ20261123-0001"],
    ["accepted", "交办", "受理员", "work-1", "交办 SJ20261123-0001 给环卫所"],
    ["assigned", "签收", "环卫员", "work-1", "签收 SJ20261123-0001"],
    ["handling", "办结", "环卫员", "work-1", "办结 SJ20261123-0001 已到现场处理完毕"],
    ["completed", "验收", "网格员乙", "work-1", "验收通过 SJ20261123-0001"],
    ["verified", "评价", "老周", "home", "修好了 五星"],
    ["closed", "评价", "老周", "home", "修好了 五星"],
  ])("from %s goes on to %s", (status, ...expected) => {
    expect(step(story(status))).toEqual(expected);
  });

  it("asks the reporter, where the reporter spoke, for what is missing", () => {
    expect(step(story("draft"))?.slice(0, 3)).toEqual(["补充地点", "老周", "home"]);
  });

  it("begins anew when the event is rated, rejected or merged", () => {
    const rated = [{ userId: "老周", conversationId: "home", rated: true }];
    expect(step(story("closed", { reporters: rated }))?.[0]).toBe("报一件事");
    expect(step(story("rejected"))?.[0]).toBe("报一件事");
  });

  it("lets officials speak in private where their street has no group", () => {
    expect(step(story("pendingAccept"), { conversations: [] })?.[2]).toBe("private:受理员");
  });

  it("takes a station that has somebody when the routing names one without people", () => {
    const routed = story("accepted", { suggestedOrg: { code: "D9", name: "某局" } });
    expect(step(routed)?.[3]).toBe("交办 SJ20261123-0001 给环卫所");
  });

  it("says nothing when nobody could go on", () => {
    expect(step(story("completed", { gridCode: "G9" }))).toBeNull();
    expect(step(null, { conversations: [] })).toBeNull();
  });

  it("counts the stations an event has passed, and none where it left the way", () => {
    expect(stationsPassed(story("pendingAccept"))).toBe(1);
    expect(stationsPassed(story("closed"))).toBe(6);
    const rated = [{ userId: "老周", conversationId: "home", rated: true }];
    expect(stationsPassed(story("closed", { reporters: rated }))).toBe(7);
    expect(stationsPassed(story("merged"))).toBeNull();
  });
});
