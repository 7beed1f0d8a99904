import type { Database } from "../../db/client.ts";
import { findCall } from "../../db/queries/calls.ts";
import { claimUpward, settleUpward, type UpwardRow } from "../../db/queries/upward.ts";
import type { Clock } from "../clock.ts";
import { tell } from "../domain/call-actions/decision.ts";
import { UPWARD_OCCASION_NAMES } from "../domain/upward.ts";
import { callFormHtml } from "../print/call-form-html.ts";
import { callFormPdf } from "../print/call-form-pdf.ts";
import { FontMissing } from "../print/chinese-font.ts";
import { readCallForm } from "../print/read-call-form.ts";
import type { UpwardGateway } from "../upward/gateway.ts";
import { type UpwardLetter, upwardLetter } from "../upward/letter.ts";
import type { Office } from "./office.ts";
import { tellAboutCall } from "./tell-about-call.ts";

/** Longer than the slowest mail server is waited for. */
const LEASE_MS = 120_000;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 30 * 60_000;
/** A day and a half of trying; then somebody has to look. */
const MOST_ATTEMPTS = 80;

/**
 * Sends what waits to go up to the district's platform, oldest first. A crash between sending and noting
 * sends the letter again, under the same id.
 *
 * @param real - real time, for leases and waits
 * @param failed - told of each try that failed; `givenUp` when there will be no more
 * @returns how many letters left
 */
export async function sendUpward(
  database: Database,
  office: Office,
  gateway: UpwardGateway,
  real: Clock,
  failed: (callNo: string, error: unknown, givenUp: boolean) => void,
): Promise<number> {
  let sent = 0;
  for (;;) {
    const now = real.now();
    const row = await claimUpward(database, now, new Date(now.getTime() + LEASE_MS));
    if (row === null) return sent;
    try {
      const { receipt } = await gateway.send(await letterOf(database, office, row));
      const { road } = gateway;
      await settleUpward(database, row, {
        state: "sent",
        road,
        receipt,
        sentAt: office.clock.now(),
        problem: null,
      });
      sent += 1;
    } catch (error) {
      const givenUp = row.attempts >= MOST_ATTEMPTS;
      const problem = (error instanceof Error ? error.message : String(error)).slice(0, 300);
      if (givenUp) await giveUp(database, office, row, problem);
      else {
        const nextTryAt = new Date(real.now().getTime() + waitAfter(row.attempts));
        await settleUpward(database, row, { problem, nextTryAt });
      }
      failed(row.callNo, error, givenUp);
    }
  }
}

/** The tries end, and whoever can bring the form there by hand is asked to. */
function giveUp(
  database: Database,
  office: Office,
  row: UpwardRow,
  problem: string,
): Promise<void> {
  return database.transaction(async (tx) => {
    await settleUpward(tx, row, { problem, state: "failed" });
    const call = await findCall(tx, row.callNo);
    if (call === null) return;
    const occasion = UPWARD_OCCASION_NAMES[row.occasion];
    const notices = (["callingStreet", "district"] as const).map((to) =>
      tell(to, "callNotUpward", call.state, { occasion }),
    );
    await tellAboutCall(tx, office, `upward:${row.id}`, notices, call);
  });
}

const waitAfter = (attempts: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 10));

async function letterOf(database: Database, office: Office, row: UpwardRow): Promise<UpwardLetter> {
  const call = await findCall(database, row.callNo);
  if (call === null) throw new Error(`Call ${row.callNo} is to go up and does not exist.`);
  const form = await readCallForm(database, call, office.clock.now());
  const pdf = await callFormPdf(form).catch((error: unknown) => {
    if (error instanceof FontMissing) return null;
    throw error;
  });
  return upwardLetter(row, call.state, form, { pdf, html: callFormHtml(form) });
}
