import type { CardAction } from "../../services/domain/card.ts";

/** What stands on the button. */
export const CARD_LABELS: Record<CardAction, string> = {
  accept: "受理",
  sign: "签收",
  complete: "办结",
  approve: "签批同意",
  respond: "收到",
  decline: "不响应",
  checkIn: "到了",
  completeCall: "办结反馈",
};

/** The same, typed. `note` is what was written beside the button, where the card has room for it. */
export const typedFor = (action: CardAction, no: string, note = ""): string =>
  `${CARD_LABELS[action]} ${no}${note === "" ? "" : ` ${note}`}`;

export const stepDone = (no: string): string => `${no} 这一步已经办过,不用再按。`;
export const cardReplaced = (no: string): string => `${no} 已有新卡片,请按新的。`;
export const cardExpired = (no: string): string => `卡片已过期。还要办的,请回「查 ${no}」。`;

const NOTHING = "没有操作";

export const pressedByAnother = `这张卡片不是发给您的,${NOTHING}。看自己的请回「我的待办」。`;
export const pressedUnknown = `这张卡片已经找不到了,${NOTHING}。请直接打字,例如「我的待办」。`;
export const pressedExpired = (typed: string): string =>
  `这张卡片已过期,${NOTHING}。还要办请直接回「${typed}」。`;
export const pressedReplaced = (typed: string): string =>
  `这张卡片已有新的代替,${NOTHING}。请按新卡片,或直接回「${typed}」。`;
export const pressedTooLate = (no: string): string =>
  `${no} 这一步已经办过,没有再做一次。进度请回「查 ${no}」。`;
