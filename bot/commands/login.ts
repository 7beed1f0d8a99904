import { isOfficial } from "../../services/domain/actor.ts";
import { issueToken, TOKEN_HOURS } from "../../services/workflows/issue-token.ts";
import { LOGIN_LINK_MINUTES, makeLoginLink } from "../../services/workflows/login-link.ts";
import { accessToken } from "../replies/general.ts";
import { noRight } from "../replies/refusals.ts";
import { here, onlySay, privately, type Turn, type TurnResult } from "../turn.ts";

/** 「登录」: a one-time link to the desk and a bearer token, both the person's own, said in private only. */
export async function answerLogin(turn: Turn): Promise<TurnResult> {
  const { personId } = turn.speaker;
  if (personId === null || !isOfficial(turn.speaker)) return onlySay(here(noRight("登录", null)));
  const issued = await issueToken(
    turn.tx,
    turn.office.clock,
    personId,
    TOKEN_HOURS.chatLogin,
    turn.speaker,
  );
  if (issued === null) return onlySay(here(noRight("登录", null)));
  const path = await makeLoginLink(turn.tx, turn.office.clock, {
    personId,
    orgCode: turn.speaker.orgCode ?? "",
  });
  const link = { url: `${turn.publicUrl}${path}`, minutes: LOGIN_LINK_MINUTES };
  return onlySay({
    ...privately(accessToken(issued.token, TOKEN_HOURS.chatLogin, turn.publicUrl, link)),
    secret: true,
  });
}
