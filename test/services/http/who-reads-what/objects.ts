import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { newId } from "../../../../db/queries/ids.ts";
import { attachments, people } from "../../../../db/schema/index.ts";
import { alarmSource } from "../../../support/alarm-source.ts";
import type { Api } from "../../../support/api.ts";
import { callsBy } from "../../../support/api-calls.ts";
import { anOrder, feed } from "../../../support/hotline.ts";
import { ELSEWHERE, PEOPLE } from "../../../support/roles.ts";

const RESIDENT = "a-resident";
const REPORTER = "a-reporter";

/** Everybody who asks: each role where the things are, in the next grid or station, elsewhere; residents. */
export const WHO = {
  ...PEOPLE,
  gridWorkerNextGrid: "jinxiu1-worker",
  gridLeaderNextGrid: "jinxiu-leader-1",
  gridMentorNextGrid: "jinxiu-mentor",
  stationOfficerNextDoor: "wangchao-zhifa-1",
  ...ELSEWHERE,
  reporter: REPORTER,
  resident: RESIDENT,
} as const;
export type Who = keyof typeof WHO;

/** Something that somebody may read or not. */
export interface ReadObject {
  name: string;
  /** addresses that answer with it alone; who may read it is told the same by all of them */
  alone: readonly string[];
  /** what betrays it wherever it stands; null: it stands nowhere else */
  mark: string | null;
  /** what an answer must say to be counted as its reading; absent: the mark, or any answer */
  says?: string | null;
  /** beginning of the addresses where the mark is the thing itself; elsewhere another thing names it */
  within?: string;
}

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const WORDS = "我是3幢老王,楼下垃圾桶满出来了";
const REPORTER_NAME = "李桂芳";
const ORDER = anOrder({ 工单编号: "R-PLACED-1", 来电号码: "13811112222" });
const WAITING = anOrder({ 工单编号: "R-WAITING-1", 来电号码: "13833334444" });

/** One of everything, all of it in 望潮街道 and its 南塘1网格; in the order of the table's columns. */
export async function makeObjects(api: Api): Promise<readonly ReadObject[]> {
  const { database } = api;
  const { site } = database;
  const nobody = { site, orgCode: "SLQ-WC-NT", roles: [], gridCodes: [] };
  await database.orm.insert(people).values([
    { ...nobody, id: RESIDENT, name: "王阿姨" },
    { ...nobody, id: REPORTER, name: REPORTER_NAME },
  ]);

  const event = await reported(api, { summary: "没人倒的桶", words: WORDS });
  await assigned(api, event, "SLQ-WC-HWS", PEOPLE.stationOfficer);
  const secret = await reported(api, { summary: "怕报复的住户", confidential: true });
  await assigned(api, secret, "SLQ-WC-ZFZD", WHO.stationOfficerNextDoor);
  const complaint = await reported(api, {
    kind: "complaint",
    category: "complaint.conduct",
    summary: "某网格员态度不好",
    confidential: true,
  });
  await ok(api.act(complaint, { action: "accept" }, PEOPLE.dispatcher));
  await ok(
    api.act(
      complaint,
      { action: "assign", orgCode: "SLQ", personId: PEOPLE.supervisor },
      PEOPLE.dispatcher,
    ),
  );
  const picture = newId();
  const kept = await api.deps.attachments.keep(PNG, "png");
  await database.orm.insert(attachments).values({
    site,
    id: picture,
    messageId: newId(),
    eventNo: event,
    kind: "picture",
    channel: "sandbox",
    ref: "x",
    state: "stored",
    mime: "image/png",
    path: kept.path,
    createdAt: api.clock.now(),
  });
  const photo = randomUUID();
  await putPhoto(api, `events/${event}/photos/${photo}`, PEOPLE.stationOfficer);

  const call = await callsBy(api).dispatched();
  const callPhoto = randomUUID();
  await putPhoto(api, `call-tickets/${call}/photos/${callPhoto}`, PEOPLE.responder);

  const source = await alarmSource(api);
  const at = { lng: 120.5006, lat: 28.5105 };
  const alarm = await source.send({ kind: "litter", device: "C-STREET", ...at });
  const home = await source.send({
    kind: "electricity",
    device: "D-HOME",
    place: "南塘家园6号楼301室",
    picture: PNG.toString("base64"),
    ...at,
  });

  await feed(api, [ORDER, WAITING]);
  await database.rows(
    sql`update hotline_orders set event_no = ${event} where site = ${site} and no = 'R-PLACED-1'`,
  );

  const asked = { kind: "eventLedger", format: "csv", from: "2026-11-01", to: "2026-11-30" };
  const report = (await api.post("/api/report-files", asked, PEOPLE.streetOfficer)).body.id;
  // Whoever asked for it was of this street then.
  const old = (await api.post("/api/report-files", asked, WHO.streetOfficerElsewhere)).body.id;
  await database.rows(
    sql`update report_files set org_code = 'SLQ-WC', state = 'failed' where id = ${old}`,
  );
  // Somebody looks at what most may not see.
  for (const [who, no] of [
    [PEOPLE.dispatcher, secret],
    [PEOPLE.districtDispatcher, complaint],
    [PEOPLE.gridLeader, home.body.no],
  ])
    await api.app.inject({
      method: "PUT",
      url: "/api/looking",
      headers: { authorization: `Bearer ${await api.tokenOf(String(who))}` },
      payload: { no },
    });

  const street = "org=SLQ-WC";
  return [
    { name: "event", alone: [`/api/events/${event}`], mark: event },
    { name: "what surrounds it", alone: [`/api/events/${event}/surroundings`], mark: null },
    { name: "confidential event", alone: [`/api/events/${secret}`], mark: secret },
    { name: "what surrounds that", alone: [`/api/events/${secret}/surroundings`], mark: null },
    { name: "complaint about officials", alone: [`/api/events/${complaint}`], mark: complaint },
    { name: "reporter's words", alone: [`/api/events/${event}`], mark: WORDS },
    { name: "reporter's name", alone: [`/api/events/${event}`], mark: REPORTER_NAME },
    {
      name: "picture of the report",
      alone: [`/api/events/${event}/pictures/${picture}`],
      mark: picture,
      says: null,
    },
    {
      name: "picture of the work",
      alone: [`/api/events/${event}/photos/${photo}`],
      mark: photo,
      says: null,
    },
    { name: "special report", alone: [`/api/events/${event}/special-report`], mark: null },
    { name: "obligation", alone: [`/api/obligations?no=${event}`], mark: null, says: event },
    {
      name: "confidential obligation",
      alone: [`/api/obligations?no=${secret}`],
      mark: null,
      says: secret,
    },
    {
      name: "call",
      alone: [`/api/call-tickets/${call}`, `/api/call-tickets/${call}/form`],
      mark: call,
    },
    {
      name: "department's picture",
      alone: [`/api/call-tickets/${call}/photos/${callPhoto}`],
      mark: callPhoto,
      says: null,
    },
    { name: "alarm", alone: [`/api/alarms/${alarm.body.no}`], mark: alarm.body.no },
    { name: "alarm in a home", alone: [`/api/alarms/${home.body.no}`], mark: home.body.no },
    { name: "whose home", alone: [`/api/alarms/${home.body.no}`], mark: "301室" },
    { name: "alarm's picture", alone: [`/api/alarms/${home.body.no}/picture`], mark: null },
    {
      name: "hotline order",
      alone: ["/api/hotline/12345/orders/R-PLACED-1"],
      mark: "R-PLACED-1",
      within: "/api/hotline/",
    },
    { name: "caller", alone: ["/api/hotline/12345/orders/R-PLACED-1"], mark: "13811112222" },
    {
      name: "order that waits",
      alone: ["/api/hotline/12345/orders/R-WAITING-1"],
      mark: "R-WAITING-1",
    },
    { name: "its caller", alone: ["/api/hotline/12345/orders/R-WAITING-1"], mark: "13833334444" },
    { name: "report of an earlier post", alone: [`/api/report-files/${old}`], mark: old },
    { name: "report file", alone: [`/api/report-files/${report}`], mark: report },
    {
      name: "figures of the street",
      alone: [
        `/api/stats/overview?${street}`,
        `/api/stats/breakdown?by=category&${street}`,
        `/api/stats/trend?from=2026-11-20&to=2026-11-26&${street}`,
        `/api/stats/heat?${street}`,
        `/api/stats/list?measure=created&${street}`,
        `/api/stats/map?${street}`,
      ],
      mark: null,
    },
    { name: "audit entry", alone: [`/api/audit?no=${event}`], mark: null, says: event },
    { name: "mandate proposals", alone: ["/api/mandate-proposals"], mark: null },
  ];
}

/** By somebody of the registry who has no role. */
async function reported(api: Api, changes: Parameters<Api["event"]>[0]): Promise<string> {
  const actor = {
    personId: REPORTER,
    name: REPORTER_NAME,
    orgCode: "SLQ-WC-NT",
    streetCode: "SLQ-WC",
    roles: [],
    gridCodes: [],
    channel: "api",
    platformUserId: `person:${REPORTER}`,
  };
  const by = { actor, channel: "api", platformUserId: `person:${REPORTER}` };
  return (await api.event(changes, by)).row.no;
}

async function assigned(api: Api, no: string, orgCode: string, who: string): Promise<void> {
  await ok(api.act(no, { action: "accept" }, PEOPLE.dispatcher));
  await ok(api.act(no, { action: "assign", orgCode }, PEOPLE.dispatcher));
  await ok(api.act(no, { action: "sign" }, who));
}

async function putPhoto(api: Api, url: string, who: string): Promise<void> {
  const answer = await api.app.inject({
    method: "PUT",
    url: `/api/${url}?stage=before`,
    headers: { authorization: `Bearer ${await api.tokenOf(who)}`, "content-type": "image/png" },
    payload: PNG,
  });
  if (answer.statusCode !== 200) throw new Error(answer.payload);
}

async function ok(asked: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body } = await asked;
  if (status !== 200) throw new Error(JSON.stringify(body));
}
