import { writeAudit } from "../../db/queries/audit.ts";
import { findPersonById } from "../../db/queries/directory.ts";
import { isOfficial } from "../../services/domain/actor.ts";
import {
  ACCOUNT_CODE_MINUTES,
  bindByCode,
  isAccountChannel,
  makeAccountCode,
} from "../../services/workflows/bind-account.ts";
import { accountBound, accountCode, badAccountCode, bindElsewhere } from "../replies/account.ts";
import { noRight } from "../replies/refusals.ts";
import { here, onlySay, privately, type Turn, type TurnResult } from "../turn.ts";

/** 「绑定码」: whoever the registry knows here gets a code for an account of theirs on another channel. */
export async function answerAccountCode(turn: Turn): Promise<TurnResult> {
  const { personId } = turn.speaker;
  const person = personId === null ? null : await findPersonById(turn.tx, personId);
  if (person === null || !isOfficial(turn.speaker)) return onlySay(here(noRight("取绑定码", null)));
  const { code } = await makeAccountCode(turn.tx, turn.office.clock, person, turn.speaker);
  return onlySay({ ...privately(accountCode(code, ACCOUNT_CODE_MINUTES)), secret: true });
}

/** 「绑定 K7QM4PXD」: said by the account that is to be bound, in private. */
export async function answerBind(turn: Turn, code: string): Promise<TurnResult> {
  const { channel, conversation, sender } = turn.message;
  if (turn.relay !== null || conversation.type === "group" || !isAccountChannel(channel))
    return onlySay(here(bindElsewhere));
  const account = { channel, platformUserId: sender.platformUserId };
  const person = await bindByCode(turn.tx, turn.office.clock, code, account, turn.speaker);
  if (person !== null) return onlySay(here(accountBound(person.name)));
  await writeAudit(turn.tx, {
    at: turn.office.clock.now(),
    actor: turn.speaker,
    action: "bindAccount",
    subject: { type: "person", no: null },
    outcome: "refused",
    reason: "badCode",
  });
  return onlySay(here(badAccountCode));
}
