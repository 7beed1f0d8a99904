import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import type { OutgoingMessage, SendResult } from "../channel.ts";
import { field } from "../common/post-json.ts";
import type { Verdict } from "../common/verdict.ts";
import { fitText } from "./fit-text.ts";
import type { OpenApi } from "./open-api.ts";
import { isOutsider } from "./sender-id.ts";

const FLOW_CONTROL_MS = 60_000;

/**
 * Writes without being spoken to, by the robot's own API: to a group or to one person. It can mention
 * nobody, and each call counts against the monthly quota.
 */
export async function robotSend(
  message: OutgoingMessage,
  deps: { openApi: OpenApi; config: DingTalkConfig; now(): Date },
): Promise<SendResult> {
  const { to, key, text, priority } = message;
  if (to.type === "person" && isOutsider(to.platformUserId)) {
    return {
      outcome: "refused",
      reason:
        "the person is outside the organisation and can be answered only while the session of their own message is open",
    };
  }
  const body = {
    robotCode: deps.config.robotCode,
    msgKey: "sampleText",
    msgParam: JSON.stringify({ content: fitText(text) }),
    ...(to.type === "person"
      ? { userIds: [to.platformUserId] }
      : { openConversationId: to.conversationId }),
  };
  const path =
    to.type === "person" ? "/v1.0/robot/oToMessages/batchSend" : "/v1.0/robot/groupMessages/send";
  const verdict = await deps.openApi.call(path, body, { key, urgent: priority === "emergency" });
  return resultOf(verdict, deps.now());
}

function resultOf(verdict: Verdict, now: Date): SendResult {
  switch (verdict.outcome) {
    case "ok":
      return delivered(verdict.body, now);
    case "limited":
      return { outcome: "retry", reason: verdict.reason, retryAt: verdict.retryAt };
    case "rejected":
      return { outcome: "refused", reason: verdict.reason };
    default:
      return { outcome: "retry", reason: verdict.reason };
  }
}

/** A call to one person succeeds even if that person got nothing: the lists in the answer say so. */
function delivered(body: unknown, now: Date): SendResult {
  if (listed(body, "invalidStaffIdList")) {
    return {
      outcome: "refused",
      reason:
        "no such person in the organisation, or the robot is hidden from them; correct dingtalk_user_id in people.csv",
    };
  }
  if (listed(body, "flowControlledStaffIdList")) {
    const retryAt = new Date(now.getTime() + FLOW_CONTROL_MS);
    return { outcome: "retry", reason: "the platform holds back messages to this person", retryAt };
  }
  return { outcome: "sent", platformMessageId: field(body, "processQueryKey") ?? null };
}

function listed(body: unknown, name: string): boolean {
  const list = (body as Record<string, unknown> | null)?.[name];
  return Array.isArray(list) && list.length > 0;
}
