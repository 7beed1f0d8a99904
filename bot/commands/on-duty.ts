import { findPersonById, onDutyOn, type Person, peopleOfOrg } from "../../db/queries/directory.ts";
import { isOfficial } from "../../services/domain/actor.ts";
import { readSpokenTime } from "../../services/domain/spoken-time.ts";
import { localDay, spokenTime } from "../../services/domain/time.ts";
import { orgName } from "../district.ts";
import { nobodyListed, onDuty } from "../replies/leave.ts";
import { noRight } from "../replies/refusals.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";
import { orgCode } from "./named-orgs.ts";

/** 「消防今天谁值班?」: of the organisation named, else of the speaker's own and its street. */
export async function answerOnDuty(turn: Turn, said: string): Promise<TurnResult> {
  // The roster has telephones: it is for colleagues.
  if (!isOfficial(turn.speaker)) return onlySay(here(noRight("查值班", null)));
  const now = turn.office.clock.now();
  const time = readSpokenTime(said, now);
  const at = time?.at ?? now;
  const roster = await onDutyOn(turn.tx, localDay(at));
  const named = (time === null ? said : said.slice(0, time.start) + said.slice(time.end))
    .replace(/(?:是|有)?(?:谁|哪位|哪个)在?值(?:班|守).*$/, "")
    .trim();
  const found = named === "" ? null : orgCode(turn, named);
  if (found !== null && "ask" in found) return onlySay(here(found.ask));
  const wanted = found === null ? [turn.speaker.orgCode, turn.speaker.streetCode] : [found.code];
  const codes = [...roster.keys()].filter((code) => wanted.includes(code));
  const rows: { org: string; people: Person[] }[] = [];
  for (const code of codes) {
    const people = await Promise.all(
      (roster.get(code) ?? []).map((id) => findPersonById(turn.tx, id)),
    );
    rows.push({
      org: orgName(turn.district, code),
      people: people.filter((person) => person !== null),
    });
  }
  const day = spokenTime(at).replace(/日.*$/, "日");
  if (rows.length > 0 || found === null) return onlySay(here(onDuty(day, rows)));
  const people = await peopleOfOrg(turn.tx, found.code);
  const responders = people.filter(({ roles }) => roles.includes("responder"));
  const reachable = responders.length > 0 ? responders : people;
  return onlySay(here(nobodyListed(day, orgName(turn.district, found.code), reachable)));
}
