import { sql } from "drizzle-orm";
import type { Answer, Api } from "./api.ts";

/** A matter of several departments in 望潮街道, complete: it goes for signature by itself. */
export const A_CALL = {
  cause: "滨河路夜市占道经营、油烟扰民反复",
  place: "南塘农贸市场",
  deptCodes: ["SLQ-ZF", "SLQ-SJ"],
  reportAt: "2026-11-25T14:30:00+08:00",
  categories: ["street.occupy"],
};

export const OFFICER = "wangchao-officer-1";
export const PRINCIPAL = "wangchao-principal";
export const DISTRICT = "district-dispatcher-1";

/** 南塘农贸市场 in the sample district. */
export const MARKET = { lng: 120.5018, lat: 28.5105 };

export interface Calls {
  draft(changes?: Record<string, unknown>, who?: string): Promise<Answer>;
  act(no: string, command: Record<string, unknown>, who?: string): Promise<Answer>;
  /** Drafted, signed and dispatched to both departments at 南塘农贸市场; the number. */
  dispatched(changes?: Record<string, unknown>): Promise<string>;
}

export function callsBy(api: Api): Calls {
  const draft: Calls["draft"] = (changes = {}, who = OFFICER) =>
    api.post("/api/call-tickets", { ...A_CALL, ...changes }, who);
  const act: Calls["act"] = (no, command, who = "admin") =>
    api.post(`/api/call-tickets/${no}/actions`, command, who);
  return {
    draft,
    act,
    async dispatched(changes = {}) {
      const { reportAt } = { reportAt: A_CALL.reportAt, ...changes };
      const { no } = (await draft({ reportAt })).body;
      await act(no, { action: "approve" }, PRINCIPAL);
      const sent = await act(
        no,
        {
          action: "dispatch",
          departments: [
            { deptCode: "SLQ-ZF", headcount: 2 },
            { deptCode: "SLQ-SJ", headcount: 2 },
          ],
          reportAt: A_CALL.reportAt,
          reportPlace: "南塘农贸市场",
          ...changes,
        },
        DISTRICT,
      );
      if (sent.status !== 200) throw new Error(`Not dispatched: ${JSON.stringify(sent.body)}`);
      return no;
    },
  };
}

/** The link to its check-in page that a department was sent last. */
export async function checkInLinkOf(api: Api, no: string, deptCode: string): Promise<string> {
  const rows = await api.database.rows<{ link: string }>(
    sql`select body #>> '{params,link}' as link from outbox
      where key like ${`${no}:%:${deptCode}:%`} and body #>> '{params,link}' is not null
      order by id desc limit 1`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`${deptCode} was sent no link about ${no}.`);
  return row.link;
}
