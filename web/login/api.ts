import type { Role } from "../../services/domain/actor.ts";
import { type Refusal, words } from "./words.ts";

export interface PersonChoice {
  id: string;
  name: string;
  roles: Role[];
  roleNames: string[];
  orgName: string | null;
}

/** @returns what went wrong, to be shown; null when signed in */
export const signInByKey = (key: string): Promise<string | null> => post("/api/session", { key });

/** By a bearer token. @returns as `signInByKey` */
export const signInByToken = (token: string): Promise<string | null> =>
  post("/api/session", { token });

/** By a code of DingTalk's web view. @returns as `signInByKey` */
export const signInByDingTalk = (dingtalkCode: string, corpId: string): Promise<string | null> =>
  post("/api/session", { dingtalkCode, corpId });

/** The organisation whose DingTalk signs people in here; null where none does. */
export async function fetchCorpId(): Promise<string | null> {
  try {
    const response = await fetch("/api/sign-in");
    if (!response.ok) return null;
    const { dingtalk } = (await response.json()) as { dingtalk: { corpId: string } | null };
    return dingtalk?.corpId ?? null;
  } catch {
    return null;
  }
}

/** In the sandbox on this machine. @returns as `signInByKey` */
export const signInAs = (personId: string): Promise<string | null> =>
  post("/sandbox/session", { personId });

/** Who may be played, those with a desk first; null where there is no sandbox, or it is not ours. */
export async function fetchCast(): Promise<PersonChoice[] | null> {
  try {
    const response = await fetch("/sandbox/people", { credentials: "same-origin" });
    if (!response.ok) return null;
    const { items } = (await response.json()) as { items: PersonChoice[] };
    return items.sort((a, b) => rank(a.roles) - rank(b.roles));
  } catch {
    return null;
  }
}

const DESKS = [
  "dispatcher",
  "districtDispatcher",
  "streetOfficer",
  "streetPrincipal",
  "supervisor",
];

function rank(roles: readonly string[]): number {
  const ranks = roles.map((role) => DESKS.indexOf(role)).filter((at) => at >= 0);
  return ranks.length === 0 ? DESKS.length : Math.min(...ranks);
}

async function post(path: string, body: object): Promise<string | null> {
  try {
    const response = await fetch(path, {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.ok) return null;
    const problem = (await response.json()) as Partial<Refusal>;
    const { title, detail } = problem;
    return title === undefined || detail === undefined
      ? words.failed
      : words.refused({ title, detail });
  } catch {
    return words.unreachable;
  }
}
