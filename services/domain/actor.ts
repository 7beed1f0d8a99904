/** Roles of `people.csv`. Anybody who is not listed there is a resident and has none of them. */
export const ROLES = [
  "gridWorker",
  "gridLeader",
  "gridMentor",
  "dispatcher",
  "stationOfficer",
  "streetOfficer",
  "streetPrincipal",
  "districtDispatcher",
  "responder",
  "supervisor",
  "followUpAgent",
  "admin",
] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Record<Role, string> = {
  gridWorker: "网格员",
  gridLeader: "网格长",
  gridMentor: "网格指导员",
  dispatcher: "指挥室受理员",
  stationOfficer: "派驻站所人员",
  streetOfficer: "街道工作人员",
  streetPrincipal: "街道主要负责同志",
  districtDispatcher: "区平台派遣员",
  responder: "部门响应人",
  supervisor: "督查人员",
  followUpAgent: "回访员",
  admin: "系统管理员",
};

/**
 * Who does something. Rights follow `roles` and `orgCode`, which come from the registry by the
 * platform's user id; a nickname or what a message claims is never looked at.
 */
export interface Actor {
  /** id of `people.csv`; null for a resident, an API client or the system */
  personId: string | null;
  name: string | null;
  orgCode: string | null;
  /** the street the person's organisation belongs to; null for district-level people and residents */
  streetCode: string | null;
  roles: readonly Role[];
  gridCodes: readonly string[];
  channel: string | null;
  platformUserId: string | null;
  /** `system` for rules and jobs, `token` for the administrator's bearer token; both have every right */
  power?: "system" | "token";
}

export const SYSTEM: Actor = {
  personId: null,
  name: "系统",
  orgCode: null,
  streetCode: null,
  roles: [],
  gridCodes: [],
  channel: null,
  platformUserId: null,
  power: "system",
};

/** The part of an actor that history, audit and API answers carry. */
export interface ActorRef {
  personId: string | null;
  name: string | null;
  orgCode: string | null;
  channel: string | null;
  platformUserId: string | null;
}

export const actorRef = (actor: Actor): ActorRef => ({
  personId: actor.personId,
  name: actor.name,
  orgCode: actor.orgCode,
  channel: actor.channel,
  platformUserId: actor.platformUserId,
});

export const isOfficial = (actor: Actor): boolean => actor.roles.length > 0;
