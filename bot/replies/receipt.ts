import { type EventLevel, levelName } from "../../services/domain/level.ts";

/** What a reporter is told of one new event. */
export interface ReceiptItem {
  no: string;
  category: string;
  place: string | null;
  level: EventLevel;
  /** what is still missing is asked in a message of its own */
  draft: boolean;
  critical: boolean;
  /** what to do until somebody comes */
  advice: string | null;
}

/** One receipt for everything a message brought, so that nobody gets three answers to one message. */
export function receipt(items: readonly ReceiptItem[], also: readonly string[] = []): string {
  const [only] = items;
  if (items.length === 1 && only !== undefined && also.length === 0) return single(only);
  const lines = items.map(
    (item, index) =>
      `${index + 1}. ${item.no} ${item.category}${at(item.place)}${item.advice === null ? "" : `\n   ${item.advice}`}`,
  );
  const extra = also.map((line, index) => `${items.length + index + 1}. ${line}`);
  return [
    `收到,已登记${items.length}件:`,
    ...lines,
    ...extra,
    "指挥室会逐件受理,说「查 编号」可看进度。",
  ].join("\n");
}

function single(item: ReceiptItem): string {
  const head = `收到,已登记 ${item.no}:${item.category}${at(item.place)},${levelName(item.level)}。`;
  const advice = item.advice === null ? [] : [item.advice];
  if (item.draft) return [head, ...advice].join("\n");
  const next = item.critical
    ? "已按特急通知指挥室。"
    : `指挥室会尽快受理,说「查 ${item.no}」可看进度。说错了直接告诉我,比如「说错了是3幢」。`;
  return [head, ...advice, next].join("\n");
}

const at = (place: string | null): string => (place === null || place === "" ? "" : `(${place})`);

/** The neighbour's report joined an event that is there already. */
export const joined = (no: string, households: number, summary: string): string =>
  `这件已经有人报了:${no} ${summary}。已记上您家(共${households}户),有结果一起告诉您。不是同一件请回「不是一回事」。`;

/** A wrong join is undone; the receipt of the report's own event follows. */
export const separated = (no: string, own: string): string =>
  `好的,分开办,不再算在 ${no} 里。\n${own}`;

export const separatedByRoom = (no: string, own: string, summary: string): string =>
  `已从 ${no} 分出 ${own} ${summary},报事人已告知。`;

export const nobodyToSeparate = (no: string): string =>
  `${no} 没有并进来的报事,或已经了结,不用拆分。`;

export const nothingToSeparate = "您没有并到别人的报事里。要报新的情况,请直接说哪里、什么事。";

export const joinedAgain = (no: string, summary: string): string =>
  `您已经报过这件:${no} ${summary}。有结果会告诉您,说「查 ${no}」可看进度。`;

export const corrected = (no: string, what: string): string => `已更正 ${no}:${what}。`;

export const supplemented = (no: string): string => `已补充到 ${no}。`;

export const draftCompleted = (no: string, place: string): string =>
  `谢谢,${no} 的地点记为「${place}」,已转指挥室受理。`;

export const situationTold = (no: string, summary: string): string =>
  `谢谢,${no} 记为「${summary}」,已转指挥室受理。`;

export const handedToPerson = (no: string): string =>
  `没关系,${no} 先这样登记,已转指挥室,工作人员会联系您核实。`;

export const confidentialHint = "收到。这件事我们私下说,请看我发给您的私聊,会为您保密。";

export const confidentialReceipt = (no: string, advice: string | null): string =>
  `已保密登记 ${no},只转督查和指挥室,不经过本网格,被反映的人看不到是谁说的。${advice ?? "还有什么情况,直接在这里告诉我。"}`;
