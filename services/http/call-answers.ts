import { stepsOfCalls } from "../../db/queries/call-lists.ts";
import { photosOfCalls } from "../../db/queries/call-photos.ts";
import type { CallRecord } from "../../db/queries/calls.ts";
import { findOrgs } from "../../db/queries/directory.ts";
import { upwardOfCalls } from "../../db/queries/upward.ts";
import type { Actor } from "../domain/actor.ts";
import { missingOfDraft } from "../domain/call-actions/approval.ts";
import type { CallState } from "../domain/call-ticket.ts";
import { formLinks } from "../form-link.ts";
import type { AppDeps } from "./app.ts";
import { type CallTicketResource, callTicketResource } from "./resources/call-ticket.ts";

type Deps = Pick<AppDeps, "database" | "config" | "clock">;

/** Calls as one reader sees them, with what belongs to them, in the order given. */
export async function callAnswers(
  { database, config, clock }: Deps,
  calls: readonly CallRecord[],
  reader: Actor,
): Promise<CallTicketResource[]> {
  const nos = calls.map(({ row }) => row.no);
  const steps = await stepsOfCalls(database, nos);
  const photos = await photosOfCalls(database, nos);
  const upward = await upwardOfCalls(database, nos);
  const codes = calls.flatMap(({ state }) => state.responses.map(({ deptCode }) => deptCode));
  const orgs = new Map(
    (await findOrgs(database, [...new Set(codes)])).map(({ code, name }) => [code, name]),
  );
  return calls.map((call) => {
    const { no } = call.row;
    const around = {
      steps: steps.get(no) ?? [],
      photos: photos.filter((photo) => photo.callNo === no),
      upward: upward.filter((row) => row.callNo === no),
      missing: missingIn(call.state),
      form: formLinks(config.adminToken, no, clock.now()),
      orgName: (code: string) => orgs.get(code) ?? null,
    };
    return callTicketResource(call, around, reader);
  });
}

export async function callAnswer(
  deps: Deps,
  call: CallRecord,
  reader: Actor,
): Promise<CallTicketResource> {
  const [resource] = await callAnswers(deps, [call], reader);
  if (resource === undefined) throw new Error("One call went in and none came out.");
  return resource;
}

const missingIn = (call: CallState): string[] =>
  call.status === "draft"
    ? [...missingOfDraft(call), ...(call.itemNo === null ? ["itemNo"] : [])]
    : [];
