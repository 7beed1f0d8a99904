import { addressesNamed, findAddress } from "../../db/queries/addresses.ts";
import { findEvent } from "../../db/queries/events.ts";
import { isOfficial } from "../../services/domain/actor.ts";
import type { EventCommand } from "../../services/domain/event-command.ts";
import { mayBeName } from "../../services/domain/place-alias.ts";
import { forgetAlias, type TaughtAlias, teachAlias } from "../../services/workflows/teach-alias.ts";
import * as say from "../replies/place-names.ts";
import { noRight } from "../replies/refusals.ts";
import { here, onlySay, type Turn, type TurnResult } from "../turn.ts";
import { bare, isGeneralName, nameIn, readTaughtName } from "../understanding/place-names.ts";

/** 「地名 老粮站 就是 南塘家园」: who knows the neighbourhood teaches the bot what it is called. */
export async function answerTeachName(turn: Turn, note: string): Promise<TurnResult> {
  const read = readTaughtName(note);
  if (read === null) return onlySay(here(say.howToTeach));
  const { alias, name } = read;
  const taught = await teachAlias(
    turn.tx,
    turn.office,
    { alias, name, isGeneral: isGeneralName(alias) },
    turn.speaker,
  );
  return told(taught, taught.ok ? say.nameTaught(alias, taught.name) : "", alias, name);
}

/** 「忘记地名 老粮站」 */
export async function answerForgetName(turn: Turn, note: string): Promise<TurnResult> {
  const alias = bare(note);
  const forgotten = await forgetAlias(turn.tx, turn.office, alias, turn.speaker);
  if (!forgotten.ok && forgotten.code === "unknownPlace")
    return onlySay(here(say.neverTaught(alias)));
  return told(forgotten, say.nameForgotten(alias), alias, "");
}

/**
 * An official puts right where an event is. If what the reporter called it is in no registry, it may be what
 * people call the place: whoever corrects it is asked, and answers with one sentence.
 */
export async function offerName(
  turn: Turn,
  no: string,
  command: EventCommand,
): Promise<string | null> {
  if (command.action !== "correct" || !isOfficial(turn.speaker)) return null;
  const code = command.place?.addressCode ?? null;
  const address = code === null ? null : await findAddress(turn.tx, code);
  const event = address === null ? null : await findEvent(turn.tx, no);
  if (address === null || event === null || event.row.addressCode !== null) return null;
  const said = nameIn(event.row.placeRaw ?? "");
  if (!mayBeName(said) || isGeneralName(said)) return null;
  const known = await addressesNamed(turn.tx, said, 1);
  return known.length > 0 ? null : say.maybeAnotherName(said, await wholeOf(turn, address.name));
}

/** 学院公寓 for 学院公寓3幢: the name is the estate's, where the registry has it. */
async function wholeOf(turn: Turn, name: string): Promise<string> {
  const whole = nameIn(name);
  const [known, another] = await addressesNamed(turn.tx, whole, 2);
  return known !== undefined && another === undefined ? whole : name;
}

function told(outcome: TaughtAlias, done: string, alias: string, name: string): TurnResult {
  if (outcome.ok) return { answers: [here(done)], eventNos: [], keepWords: true };
  if (outcome.code === "noRight") return onlySay(here(noRight("教这个地方的地名", null)));
  return onlySay(here(say.notTaught(outcome.code, alias, name)));
}
