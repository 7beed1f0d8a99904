import type { FastifyInstance } from "fastify";
import { allCategories, allOrgs } from "../../../db/queries/directory.ts";
import { listEvents, stepsOfEvents } from "../../../db/queries/event-lists.ts";
import { type EventRecord, findEvent, findEvents } from "../../../db/queries/events.ts";
import { isErased } from "../../domain/erased.ts";
import { EVENT_STATUS_NAMES, EVENT_STATUSES } from "../../domain/event.ts";
import {
  isPublicService,
  OPEN311_STATUSES,
  type Open311Status,
  open311StatusOf,
  publicDescription,
} from "../../domain/open311.ts";
import { DAY_MS, isoLocal } from "../../domain/time.ts";
import { FORMATS, Open311Error, sendOpen311, type Value } from "./answer.ts";
import { checkJurisdiction, type Fields, fieldsOf, type Open311Deps } from "./open311.ts";

/** The specification's bounds of one answer: 90 days, and the first 1,000. */
const LONGEST_DAYS = 90;
const MOST = 1000;

/**
 * GET service requests and GET service request: events of public space with a summary that is safe to show.
 * Nobody's words, name or flat is among it, and nothing confidential.
 */
export function requestRoutes(app: FastifyInstance, deps: Open311Deps): void {
  const names = { root: "service_requests", item: "request" };
  for (const format of FORMATS) {
    app.get(`/v2/requests.${format}`, { schema: { hide: true } }, async (request, reply) => {
      const fields = fieldsOf(request);
      checkJurisdiction(fields.jurisdiction_id, deps.jurisdiction);
      return sendOpen311(reply, format, names, await shown(deps, await wanted(deps, fields)));
    });
    app.get(`/v2/requests/:no.${format}`, { schema: { hide: true } }, async (request, reply) => {
      checkJurisdiction(fieldsOf(request).jurisdiction_id, deps.jurisdiction);
      const { no } = request.params as { no: string };
      const event = await findEvent(deps.database, no);
      if (event === null || !isShown(event))
        throw new Open311Error(404, `service_request_id ${no} not found.`);
      return sendOpen311(reply, format, names, await shown(deps, [event]));
    });
  }
}

/** What somebody reported is public no longer once they had their information deleted. */
const isShown = ({ row, reporters }: EventRecord): boolean =>
  isPublicService(row.category) &&
  !row.confidential &&
  row.status !== "withdrawn" &&
  !reporters.some((reporter) => reporter.first && isErased(reporter));

/** By number, or else by time, service and status, the newest first. */
async function wanted(deps: Open311Deps, fields: Fields): Promise<EventRecord[]> {
  const nos = listOf(fields.service_request_id);
  if (nos.length > 0) return (await findEvents(deps.database, nos.slice(0, MOST))).filter(isShown);
  const { from, to } = windowOf(fields, deps.clock.now());
  const statuses = listOf(fields.status);
  const unknown = statuses.find((status) => !OPEN311_STATUSES.includes(status as Open311Status));
  if (unknown !== undefined)
    throw new Open311Error(400, `status ${unknown} is neither open nor closed.`);
  const codes = listOf(fields.service_code);
  const open = (await allCategories(deps.database)).map(({ slug }) => slug).filter(isPublicService);
  const category = codes.length === 0 ? open : open.filter((slug) => codes.includes(slug));
  if (category.length === 0) return [];
  const status = EVENT_STATUSES.filter(
    (one) =>
      one !== "withdrawn" && (statuses.length === 0 || statuses.includes(open311StatusOf(one))),
  );
  const filter = { category, status, from, to, confidential: false };
  const found = await listEvents(deps.database, "everything", filter, null, MOST);
  const events = await findEvents(
    deps.database,
    found.map(({ no }) => no),
  );
  return events.filter(isShown);
}

const listOf = (text: string | undefined): string[] =>
  (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** The last 90 days; from one bound alone 90 days on or back. */
function windowOf(fields: Fields, now: Date): { from: Date; to: Date } {
  const start = momentOf("start_date", fields.start_date);
  const end = momentOf("end_date", fields.end_date);
  const to = end ?? (start === null ? now : new Date(start.getTime() + LONGEST_DAYS * DAY_MS));
  const from = start ?? new Date(to.getTime() - LONGEST_DAYS * DAY_MS);
  if (to.getTime() - from.getTime() > LONGEST_DAYS * DAY_MS)
    throw new Open311Error(400, `start_date and end_date may span at most ${LONGEST_DAYS} days.`);
  return { from, to: new Date(to.getTime() + 1) };
}

function momentOf(name: string, text: string | undefined): Date | null {
  if (text === undefined || text === "") return null;
  // In an address a bare plus sign reads as a space.
  const given = text.trim().replace(/ (\d{2}:\d{2})$/, "+$1");
  const at = new Date(given);
  if (Number.isNaN(at.getTime()) || !/(?:Z|[+-]\d{2}:?\d{2})$/i.test(given))
    throw new Open311Error(400, `${name} is no moment with offset, such as 2026-11-23T09:00:00Z.`);
  return at;
}

async function shown(deps: Open311Deps, events: readonly EventRecord[]): Promise<Value[]> {
  const nos = events.map(({ row }) => row.no);
  const [steps, categories, orgs] = [
    await stepsOfEvents(deps.database, nos),
    new Map((await allCategories(deps.database)).map(({ slug, name }) => [slug, name])),
    new Map((await allOrgs(deps.database)).map(({ code, name }) => [code, name])),
  ];
  return events.map(({ row, state }) => {
    const lead = state.assignees.find(({ role }) => role === "lead");
    const serviceName = categories.get(row.category) ?? row.category;
    return {
      service_request_id: row.no,
      status: open311StatusOf(row.status),
      status_notes: EVENT_STATUS_NAMES[row.status],
      service_name: serviceName,
      service_code: row.category,
      description: publicDescription(row, serviceName),
      agency_responsible: lead === undefined ? null : (orgs.get(lead.orgCode) ?? lead.orgCode),
      service_notice: null,
      requested_datetime: isoLocal(row.createdAt),
      updated_datetime: isoLocal(steps.get(row.no)?.at(-1)?.at ?? row.createdAt),
      expected_datetime: row.dueAt === null ? null : isoLocal(row.dueAt),
      address: row.placeRaw === null ? null : withoutFlat(row.placeRaw),
      address_id: row.addressCode,
      zipcode: null,
      lat: row.lat,
      long: row.lng,
      media_url: null,
    };
  });
}

/** Where a trouble is, as far as everybody may know it: the building, not the flat. */
const withoutFlat = (place: string): string =>
  place.replace(/(?<=幢|栋|号楼|座|单元)[\s-]?(?:\d{1,2}单元)?[\s-]?\d{3,4}(?:室|房)?/g, "");
