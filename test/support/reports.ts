import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ReportStore, reportStore } from "../../services/reports/report-store.ts";
import { renderReports } from "../../services/workflows/render-reports.ts";
import type { Api } from "./api.ts";

/** A store of its own, in a folder that nobody else has. */
export const ownReportStore = (): ReportStore =>
  reportStore(mkdtempSync(join(tmpdir(), "yihu-reports-")));

/** Renders all that was asked for, as the job does. */
export const renderAll = (api: Api, store: ReportStore): Promise<number> =>
  renderReports(api.database, api.office, store, api.realClock, (id, error) => {
    throw new Error(`Report ${id} failed.`, { cause: error });
  });

/** Asks, renders and fetches, as somebody. */
export async function reportBytes(
  api: Api,
  store: ReportStore,
  asked: Record<string, unknown>,
  who = "admin",
): Promise<Uint8Array> {
  const { status, body } = await api.post("/api/report-files", asked, who);
  if (status !== 202) throw new Error(`Not asked: ${JSON.stringify(body)}`);
  await renderAll(api, store);
  const answer = await api.app.inject({
    url: `/api/report-files/${body.id}/file`,
    headers: { authorization: `Bearer ${await api.tokenOf(who)}` },
  });
  if (answer.statusCode !== 200) throw new Error(`Not fetched: ${answer.payload}`);
  return answer.rawPayload;
}
