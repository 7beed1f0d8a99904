import type { Day } from "../../services/domain/time.ts";

interface Leave {
  firstDay: Day;
  lastDay: Day;
}

/** 「11月26日到11月27日」, or one day. */
function period({ firstDay, lastDay }: Leave): string {
  const spoken = (day: Day) => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
  return firstDay === lastDay ? spoken(firstDay) : `${spoken(firstDay)}到${spoken(lastDay)}`;
}

/** The sentence that grants a leave, ready to be sent back. */
export const grantAs = (name: string, leave: Leave, deputy: string | null): string =>
  `准假 ${name} ${period(leave)} 由${deputy ?? "××"}代`;

/** @param possible - whoever may stand in, by name */
export function whoStandsIn(said: string | null, possible: readonly string[]): string {
  const example = `例如「请假 11月26日到27日 由${possible[0] ?? "李卫东"}代」`;
  const who =
    possible.length === 0
      ? "代班人要是本单位的同志,本单位没有登记别人,请联系区里补登。"
      : `代班人要是本单位或本街道的同志,可以是:${possible.slice(0, 8).join("、")}。`;
  if (said === null) return `由谁代?${example}。${possible.length === 0 ? who : ""}`;
  return `没有找到「${said}」这位可以代班的同志,没有登记请假。${who}请写全名,${example}。`;
}

export const whoseLeave = "准谁的假?请写全名,例如「准假 周晓敏 11月26日到27日 由陈小燕代」。";

export const leaveNoted = (leave: Leave & { who: string; deputy: string }): string =>
  `已记:${leave.who} ${period(leave)}不在,提醒和通知发给${leave.deputy}。签批、签收等权限不变。提前回来请本人回「销假」。`;

export const leaveEnded = "已销假,提醒和通知重新发给您。";
export const notOnLeave = "您没有在请假,不用销假。";

export const leaveGranted = (leave: Leave & { who: string; deputy: string }): string =>
  `【请假代班】${leave.who} ${period(leave)}不在,由${leave.deputy}代:期间的提醒和通知发给${leave.deputy}。`;

const named = ({ name, phone }: { name: string; phone: string | null }): string =>
  [name, phone].filter(Boolean).join(" ");

/** No roster for the day, but whom the organisation sends is known. */
export const nobodyListed = (
  day: string,
  org: string,
  people: readonly { name: string; phone: string | null }[],
): string =>
  people.length === 0
    ? `${org}${day}没有登记值班表,也没有登记联系人。值班表在 duty-roster.csv,由区里导入。`
    : `${org}${day}没有登记值班表,可联系:${people.slice(0, 5).map(named).join("、")}。`;

/** Who is on duty, by organisation; with the telephone, since whoever asks is an official. */
export function onDuty(
  day: string,
  rows: readonly { org: string; people: readonly { name: string; phone: string | null }[] }[],
): string {
  if (rows.length === 0) return `${day}没有登记值班表。值班表在 duty-roster.csv,由区里导入。`;
  return [
    `${day}值班:`,
    ...rows.map(({ org, people }) => `${org}:${people.map(named).join("、")}`),
  ].join("\n");
}
