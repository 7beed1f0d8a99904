import { findEvent } from "../../db/queries/events.ts";
import { hardCases } from "../../db/queries/hard-cases.ts";
import { mandateProposals, mayReadMandates } from "../../services/domain/mandate-proposal.ts";
import { hasEventRight } from "../../services/domain/rights.ts";
import { localDay, momentOf } from "../../services/domain/time.ts";
import { readSpecialReport } from "../../services/print/read-special-report.ts";
import { categoryName, orgName } from "../district.ts";
import { mandateList } from "../replies/hard-cases.ts";
import { noRight, notFound } from "../replies/refusals.ts";
import { here, onlySay, privately, type Turn, type TurnResult } from "../turn.ts";

/** 「专报稿 SJ…」: the draft, in private, since it names who refused what. */
export async function answerSpecialReportDraft(turn: Turn, no: string | null): Promise<TurnResult> {
  const event = no === null ? null : await findEvent(turn.tx, no);
  if (event === null) return onlySay(here(notFound(no ?? "这个编号")));
  if (!hasEventRight(turn.speaker, "specialReport", event.state))
    return onlySay(here(noRight("专报", no)));
  const text = await readSpecialReport(turn.tx, event, turn.office.clock.now());
  return onlySay(privately(text));
}

/** 「三定清单」: the recurring cases without an owner, of this year so far. */
export async function answerMandateList(turn: Turn): Promise<TurnResult> {
  if (!mayReadMandates(turn.speaker)) return onlySay(here(noRight("查看三定清单", null)));
  const year = localDay(turn.office.clock.now()).slice(0, 4);
  const cases = await hardCases(turn.tx, { from: momentOf(`${year}-01-01`, 0), to: null });
  return onlySay(
    here(
      mandateList(
        year,
        mandateProposals(cases),
        (slug) => categoryName(turn.district, slug),
        (code) => orgName(turn.district, code),
      ),
    ),
  );
}
