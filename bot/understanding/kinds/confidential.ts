import type { ReportItem } from "../../../services/domain/understanding.ts";

const AFRAID =
  /怕(?:被)?(?:报复|打击|穿小鞋|找麻烦|知道是我)|(?:别|不要|千万别)(?:说是我|让人知道|透露|告诉(?:别人|他|他们|物业|邻居))|匿名|保密|打击报复|不敢(?:说|报|讲|出声)|家暴|老公[^,。]{0,8}(?:打|动手)|丈夫[^,。]{0,8}(?:打|动手)/;

/**
 * Conduct of officials, violence at home, people who mean to gather, fear of reprisal: continued in private,
 * the reporter kept secret.
 */
export const isConfidential = (text: string, items: readonly ReportItem[]): boolean =>
  items.some((item) =>
    ["complaint.conduct", "dispute.family", "people.special", "petition.cluster"].includes(
      item.category,
    ),
  ) || AFRAID.test(text.slice(0, 500));
