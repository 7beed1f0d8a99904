import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import type { OutgoingMessage } from "../channel.ts";
import { fitText } from "./fit-text.ts";
import type { OpenApi } from "./open-api.ts";
import { isOutsider } from "./sender-id.ts";
import type { Timings } from "./timings.ts";

/** In the app; by telephone and SMS it would cost money. */
const IN_APP = 1;
const MOST_BYTES = 2_000;

/**
 * Raises a DING for one person.
 *
 * @returns false where it was not raised: no quota, no permission, no answer. The words then go as a message.
 */
export async function raiseDing(
  { to, text, key }: OutgoingMessage,
  deps: { config: DingTalkConfig; openApi: OpenApi; timings: Timings },
): Promise<boolean> {
  if (to.type !== "person" || isOutsider(to.platformUserId)) return false;
  const verdict = await deps.openApi.call(
    "/v1.0/robot/ding/send",
    {
      robotCode: deps.config.robotCode,
      remindType: IN_APP,
      receiverUserIdList: [to.platformUserId],
      content: fitText(text, MOST_BYTES),
    },
    { key, urgent: true, within: deps.timings.urgentWithin },
  );
  if (verdict.outcome !== "ok") return false;
  const failed = (verdict.body as { failedList?: object } | null)?.failedList ?? {};
  return Object.keys(failed).length === 0;
}
