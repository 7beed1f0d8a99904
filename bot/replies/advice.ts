/** What to do until somebody comes, by category; said with the receipt. */
const ADVICE: Record<string, string> = {
  "facility.manhole": "请先不要靠近,可以的话放个明显的东西提醒别人。",
  "facility.cable": "请离远些,不要碰掉下来的线,提醒旁人绕行。",
  "facility.waterlogging": "请绕行,不要涉水,当心井盖和漏电。",
  "animal.dog": "有人被咬伤请立即用肥皂水冲洗15分钟并就医,严重的拨打 120。",
  "safety.gas": "请开窗通风、不要点火;闻到煤气味请撤到室外再拨 119。",
  "safety.dangerHouse": "请离开危险的房屋和墙边,提醒邻居不要靠近。",
  "green.tree": "请不要从树下经过,车辆尽量挪开。",
  "ad.outdoor": "请不要在招牌下停留。",
  "market.foodSafety": "身体不适请尽快就医,并留好食品、小票和照片。",
  "dispute.labor": "拖欠工资也可拨 12333。请在这里补充:单位名称、人数、拖欠多久、联系人。",
};

export const adviceFor = (category: string): string | null => ADVICE[category] ?? null;
