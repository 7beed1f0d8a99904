import { findPersonById } from "../../db/queries/directory.ts";
import { csrfProof } from "../../services/http/session-cookie.ts";
import { makeLoginLink } from "../../services/workflows/login-link.ts";
import type { Api } from "./api.ts";

/** The key of a new 「登录」 link of a person. */
export async function loginKeyOf(api: Api, personId: string): Promise<string> {
  const person = await findPersonById(api.database, personId);
  if (person === null) throw new Error(`The sample district has no ${personId}.`);
  const link = await api.database.transaction((tx) =>
    makeLoginLink(tx, api.clock, { personId, orgCode: person.orgCode }),
  );
  return link.replace("/login/", "");
}

export interface SignedIn {
  cookie: string;
  csrf: string;
}

/** Signs a person in as the page does. */
export async function signIn(api: Api, personId: string): Promise<SignedIn> {
  const key = await loginKeyOf(api, personId);
  const answer = await api.app.inject({ method: "POST", url: "/api/session", payload: { key } });
  const cookie = String(answer.headers["set-cookie"]).split(";", 1)[0] ?? "";
  return { cookie, csrf: csrfProof(cookie.split("=")[1] ?? "") };
}
