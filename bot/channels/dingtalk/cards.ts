import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import type { Card, CardNow, OutgoingMessage, SendResult } from "../channel.ts";
import type { Verdict } from "../common/verdict.ts";
import type { OpenApi } from "./open-api.ts";
import { isOutsider } from "./sender-id.ts";
import type { Timings } from "./timings.ts";

export interface Cards {
  /** Shows the message's card. @returns null where its words have to go as text */
  show(message: OutgoingMessage): Promise<SendResult | null>;
  /** Shows a card as it is now. Never throws. */
  update(card: CardNow): Promise<SendResult>;
}

export interface CardsDeps {
  config: DingTalkConfig;
  openApi: OpenApi;
  timings: Timings;
  /** real time */
  now(): Date;
}

const CARDS = "/v1.0/card/instances";

/** Interactive cards of DingTalk, by the template whose variables `docs/dingtalk-card.md` names. */
export function createCards({ config, openApi, timings, now }: CardsDeps): Cards {
  let pausedUntil = 0;

  return {
    show: async ({ card, to, key, priority }) => {
      if (card === undefined || config.cardTemplateId === null || !fits(card)) return null;
      if (to.type === "person" && isOutsider(to.platformUserId)) return null;
      if (now().getTime() < pausedUntil) return null;
      const space =
        to.type === "person"
          ? privateSpace(to.platformUserId, config.robotCode)
          : groupSpace(to.conversationId, config.robotCode);
      const verdict = await openApi.call(
        `${CARDS}/createAndDeliver`,
        {
          cardTemplateId: config.cardTemplateId,
          outTrackId: card.id,
          callbackType: "STREAM",
          cardData: { cardParamMap: wholeCard(card) },
          userIdType: 1,
          ...space,
        },
        { key, urgent: priority === "emergency", within: timings.cardWithin },
      );
      if (verdict.outcome === "unavailable") pausedUntil = now().getTime() + timings.cardPause;
      return isShown(verdict) ? { outcome: "sent", platformMessageId: card.id } : null;
    },
    update: async (card) => {
      const body = {
        outTrackId: card.id,
        cardData: { cardParamMap: changing(card) },
        // Without it the map would take the place of everything the card shows.
        cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
        userIdType: 1,
      };
      const caller = { key: card.id, urgent: false, method: "PUT" } as const;
      return resultOf(await openApi.call(CARDS, body, caller));
    },
  };
}

const privateSpace = (userId: string, robotCode: string) => ({
  openSpaceId: `dtv1.card//IM_ROBOT.${userId}`,
  imRobotOpenSpaceModel: { supportForward: false },
  imRobotOpenDeliverModel: { spaceType: "IM_ROBOT", robotCode },
});

const groupSpace = (conversationId: string, robotCode: string) => ({
  openSpaceId: `dtv1.card//IM_GROUP.${conversationId}`,
  imGroupOpenSpaceModel: { supportForward: false },
  imGroupOpenDeliverModel: { robotCode },
});

/** The template has as many places for buttons. */
const BUTTONS = [1, 2, 3] as const;

const wholeCard = (card: Card): Record<string, string> => ({
  title: card.title,
  lines: card.lines.join("\n"),
  url: card.url ?? "",
  ...changing(card),
});

/** Values are strings, always. `url` stays what it was: nobody kept the address. */
const changing = ({ status, buttons }: CardNow): Record<string, string> =>
  Object.fromEntries([
    ["status", status],
    ...BUTTONS.flatMap((number) => {
      const button = buttons[number - 1];
      return [
        [`show${number}`, String(button !== undefined)],
        [`label${number}`, button?.label ?? ""],
        [`action${number}`, button?.action ?? ""],
        [`opens${number}`, String(button?.opens === true)],
      ];
    }),
  ]);

/** DingTalk's limit for one value. */
const MOST_VALUE_BYTES = 1_024;

/** What would lose words as a card goes as text. */
const fits = (card: Card): boolean =>
  card.buttons.length <= BUTTONS.length &&
  Object.values(wholeCard(card)).every((value) => Buffer.byteLength(value) <= MOST_VALUE_BYTES);

/** A call that succeeds may have delivered nothing: each space says so for itself. */
function isShown(verdict: Verdict): boolean {
  // Made by an earlier try whose answer was lost.
  if (verdict.outcome === "rejected") return verdict.code === "param.cardAlreadyExist";
  if (verdict.outcome !== "ok") return false;
  const { success, result } = (verdict.body ?? {}) as { success?: unknown; result?: unknown };
  const spaces = (result as { deliverResults?: unknown } | null)?.deliverResults;
  const delivered = (space: unknown) => (space as { success?: unknown } | null)?.success === true;
  return success === true && Array.isArray(spaces) && spaces.length > 0 && spaces.every(delivered);
}

function resultOf(verdict: Verdict): SendResult {
  switch (verdict.outcome) {
    case "ok":
      return { outcome: "sent", platformMessageId: null };
    case "limited":
      return { outcome: "retry", reason: verdict.reason, retryAt: verdict.retryAt };
    case "rejected":
      return { outcome: "refused", reason: verdict.reason };
    default:
      return { outcome: "retry", reason: verdict.reason };
  }
}
