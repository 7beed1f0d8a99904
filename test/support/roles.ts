import type { Role } from "../../services/domain/actor.ts";

/** Somebody of each role: of 望潮街道 and its 南塘1网格 where the role is a street's. */
export const PEOPLE: Record<Role, string> = {
  gridWorker: "nantang1-worker",
  gridLeader: "nantang-leader-1",
  gridMentor: "nantang-mentor",
  dispatcher: "wangchao-dispatcher-1",
  stationOfficer: "wangchao-huanwei-1",
  streetOfficer: "wangchao-officer-1",
  streetPrincipal: "wangchao-principal",
  districtDispatcher: "district-dispatcher-1",
  responder: "zhifa-responder",
  supervisor: "district-supervisor",
  followUpAgent: "district-followup",
  admin: "district-admin",
};

/** The same roles in another street, or in a department that has no part in it. */
export const ELSEWHERE = {
  gridWorkerElsewhere: "liuan1-worker",
  gridLeaderElsewhere: "liuan-leader-1",
  gridMentorElsewhere: "liuan-mentor",
  dispatcherElsewhere: "liuan-dispatcher-1",
  stationOfficerElsewhere: "liuan-huanwei-1",
  streetOfficerElsewhere: "liuan-officer-1",
  streetPrincipalElsewhere: "liuan-principal",
  responderElsewhere: "huanbao-responder",
} as const;
