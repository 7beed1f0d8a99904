import { and, asc, eq } from "drizzle-orm";
import { callStepsOf, findCall } from "../../db/queries/calls.ts";
import { findPersonById, streetOf } from "../../db/queries/directory.ts";
import { loadSampleDistrict } from "../../db/registry/sample-district.ts";
import { obligations, outbox } from "../../db/schema/index.ts";
import { makeCalendar } from "../../services/calendar.ts";
import type { Actor } from "../../services/domain/actor.ts";
import type { CallDraft } from "../../services/domain/call-command.ts";
import type { CallState } from "../../services/domain/call-ticket.ts";
import { DEFAULT_POLICY } from "../../services/domain/policy.ts";
import { actOnCall, type CallOutcome } from "../../services/workflows/act-on-call.ts";
import { type DraftOutcome, draftCall } from "../../services/workflows/draft-call.ts";
import type { Office } from "../../services/workflows/office.ts";
import { watchCalls } from "../../services/workflows/watch-calls.ts";
import { type SaidCommand, said } from "./call-tickets.ts";
import { fixedClock } from "./clock.ts";
import { emptyDatabase, testDatabase } from "./database.ts";

export const OFFICER = "wangchao-officer-1";
export const PRINCIPAL = "wangchao-principal";
export const DISPATCHER = "district-dispatcher-1";

/** 南塘农贸市场 in the sample district. */
export const MARKET = {
  raw: "南塘农贸市场",
  addressCode: "DZ0003",
  gridCode: "SLQ-WC-NT-1",
  lng: 120.5018,
  lat: 28.5105,
};

export const NIGHT_MARKET: CallDraft = {
  cause: "夜市占道油烟反复整治",
  callType: "complex",
  itemNo: null,
  place: MARKET,
  deptCodes: ["SLQ-ZF", "SLQ-SJ"],
  reportAt: new Date("2026-11-26T19:40:00+08:00"),
};

/** The sample district on a real database, on Wednesday, 25 November 2026 at 9:00, without a channel but the sandbox. */
export async function openCallOffice() {
  const { database } = await testDatabase();
  const begin = new Date("2026-11-25T09:00:00+08:00");
  const clock = fixedClock(begin.toISOString());
  const office: Office = {
    clock,
    calendar: makeCalendar(),
    policy: DEFAULT_POLICY,
    channels: new Set(["sandbox"]),
  };

  const who = async (personId: string): Promise<Actor> => {
    const person = await findPersonById(database, personId);
    if (person === null) throw new Error(`people.csv has no ${personId}.`);
    return {
      personId,
      name: person.name,
      orgCode: person.orgCode,
      streetCode: await streetOf(database, person.orgCode),
      roles: person.roles,
      gridCodes: person.gridCodes,
      channel: "sandbox",
      platformUserId: personId,
    };
  };
  const state = async (no: string): Promise<CallState> => {
    const call = await findCall(database, no);
    if (call === null) throw new Error(`There is no call ${no}.`);
    return call.state;
  };

  const attempt = async (
    no: string,
    command: SaidCommand,
    personId: string,
  ): Promise<CallOutcome> => {
    const actor = await who(personId);
    return database.transaction((tx) => actOnCall(tx, office, no, said(command), actor, null));
  };

  const draft = async (
    changes: Partial<CallDraft> = {},
    {
      by = OFFICER,
      messageId = null,
      categories = ["street.occupy"] as string[],
    }: {
      by?: string;
      messageId?: string | null;
      categories?: string[];
    } = {},
  ): Promise<DraftOutcome> => {
    const actor = await who(by);
    return database.transaction((tx) =>
      draftCall(tx, office, { ...NIGHT_MARKET, ...changes }, categories, actor, messageId),
    );
  };

  /** The state after a command that must not be refused. */
  const does = async (no: string, command: SaidCommand, personId: string): Promise<CallState> => {
    const outcome = await attempt(no, command, personId);
    if (!outcome.ok) throw new Error(`${command.action} was refused: ${outcome.code}`);
    return outcome.call.state;
  };

  /** The number of a call that was drafted, and must be. */
  const drafted = async (changes: Partial<CallDraft> = {}): Promise<string> => {
    const outcome = await draft(changes);
    if (!outcome.ok) throw new Error(`The draft was refused: ${outcome.code}`);
    return outcome.call.row.no;
  };

  return {
    database,
    office,
    clock,
    state,
    attempt,
    does,
    draft,
    drafted,
    /** Drafted, signed and sent to 综合执法 and 市场监管, now, for the 26th at 19:40. */
    async dispatched(): Promise<string> {
      const no = await drafted();
      await does(no, { action: "approve" }, PRINCIPAL);
      await does(
        no,
        {
          action: "dispatch",
          departments: [{ deptCode: "SLQ-ZF", headcount: 2 }, { deptCode: "SLQ-SJ" }],
          reportAt: "2026-11-26T19:40:00+08:00",
          reportPlace: MARKET,
        },
        DISPATCHER,
      );
      return no;
    },
    steps: async (no: string): Promise<string[]> =>
      (await callStepsOf(database, no)).map(({ action, to }) => `${action} → ${to}`),
    /** `duty owner due` of what is open, the earliest due first. */
    async duties(no: string): Promise<string[]> {
      const rows = await database.orm
        .select()
        .from(obligations)
        .where(and(eq(obligations.site, database.site), eq(obligations.subjectNo, no)))
        .orderBy(asc(obligations.dueAt), asc(obligations.id));
      return rows
        .filter((row) => row.fulfilledAt === null && row.canceledAt === null)
        .map(({ duty, ownerOrg, ownerPerson, dueAt }) => {
          const due = new Date(dueAt.getTime() + 8 * 3_600_000).toISOString();
          return `${duty} ${ownerPerson ?? ownerOrg} ${due.slice(8, 10)} ${due.slice(11, 16)}`;
        });
    },
    /** `duty fulfilled` or `duty canceled` of what is over, in the order it began. */
    async ended(no: string): Promise<string[]> {
      const rows = await database.orm
        .select()
        .from(obligations)
        .where(and(eq(obligations.site, database.site), eq(obligations.subjectNo, no)))
        .orderBy(asc(obligations.id));
      return rows.flatMap(({ duty, fulfilledAt, canceledAt }) =>
        fulfilledAt !== null
          ? [`${duty} fulfilled`]
          : canceledAt !== null
            ? [`${duty} canceled`]
            : [],
      );
    },
    /** Kinds of notice written for a call, in order. */
    async notices(no: string): Promise<string[]> {
      const rows = await database.orm
        .select({ body: outbox.body })
        .from(outbox)
        .where(eq(outbox.site, database.site))
        .orderBy(asc(outbox.id));
      return rows.filter(({ body }) => body.params.no === no).map(({ body }) => body.kind);
    },
    /** One sweep for evidence; the numbers it failed on. */
    async watch(): Promise<{ noted: number; failed: string[] }> {
      const failed: string[] = [];
      const noted = await watchCalls(database, office, (no) => failed.push(no));
      return { noted, failed };
    },
    /** The district as it is delivered, at 9:00 again. */
    async fresh(): Promise<void> {
      clock.advance({ minutes: (begin.getTime() - clock.now().getTime()) / 60_000 });
      await emptyDatabase(database);
      await loadSampleDistrict(database, clock.now());
    },
    close: () => database.close(),
  };
}

export type CallOffice = Awaited<ReturnType<typeof openCallOffice>>;
