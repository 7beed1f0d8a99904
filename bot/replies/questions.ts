import type { MissingElement } from "../../services/domain/event.ts";

/** The questions about what a report lacks, in the order they may be asked; at most two rounds. */
export function questionsFor(
  missing: readonly MissingElement[],
  no: string,
  category: string,
): string[] {
  const [first] = missing;
  switch (first) {
    case "place":
      return [
        `${no} 还差一个地点:请问在哪个小区几幢几单元,或者哪条路、什么旁边?`,
        `${no} 我还没听懂在哪里。说个附近的路名、店名或小区楼号就行,比如「滨河路公交站旁边」。`,
      ];
    case "situation":
      return [
        `${no} 请再说一句是什么情况(${category})?`,
        `${no} 能不能换个说法讲讲发生了什么?比如「路灯不亮两天了」。`,
      ];
    case "photo":
      return [`${no} 方便的话请补一张照片。`];
    default:
      return [];
  }
}

/** The same place name lies in several grids. */
export const whichPlace = (no: string, names: readonly string[]): string =>
  `${no} 有几个地方都叫这个名字,请问是哪一个?\n${names.map((name, index) => `${index + 1}. ${name}`).join("\n")}`;

export const noReportYet = "您最近没有报过事。直接说哪里、什么情况,我来登记。";

/** Several events could be meant and no number was named. */
export const whichEvent = (
  events: readonly { no: string; summary: string }[],
  example: string,
): string =>
  [
    "您说的是哪一件?请带上编号再说一次:",
    ...events.map((event) => `${event.no} ${event.summary}`),
    `例如「${example} ${events[0]?.no ?? ""}」。`,
  ].join("\n");
