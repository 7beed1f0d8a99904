import { readSpokenTimes } from "../../../services/domain/spoken-time.ts";
import { normalise } from "../normalise.ts";
import { type DepartmentRow, departmentRows, onceEach } from "./departments.ts";
import { leftover, type Stretch } from "./leftover.ts";
import { placeIn, readMeeting } from "./meeting.ts";

/** What a street's officer wants to call for, as said. */
export interface CallDraftReading {
  /** empty when nothing but departments, time and place was said */
  cause: string;
  /** where to come together, else where the trouble is; null when no place was named */
  placeRaw: string | null;
  /** once each, in the order said, to be resolved by `resolveOrgName` */
  deptNames: string[];
  /** null when no hour was said, and in an emergency that says 「马上」: its arrival follows the dispatch */
  reportAt: Date | null;
  emergency: boolean;
}

const EMERGENCY = /^.{0,8}?(?:突发|紧急|险情|抢险)|紧急(?:呼叫|街呼区应)/;
const AT_ONCE = /马上|立即|立刻|立马|即刻/;

/**
 * Reads the note of 「发起街呼区应 …」 or 「突发!… 呼…」: free words in any order, or 「事由:… 地点:… 部门:…
 * 时间:…」, or both.
 *
 * @param orgNames - names of organisations as the directory writes them
 */
export function readCallDraft(
  note: string,
  now: Date,
  orgNames: readonly string[] = [],
): CallDraftReading {
  const text = normalise(note).text;
  const emergency = EMERGENCY.test(text);
  const { lead, fields } = labelled(
    text.replace(/^(?:突发(?:事件|情况)?|紧急(?:呼叫)?)[!！:：,，。\s]*/, ""),
  );
  const free = readFree(lead, now, emergency, orgNames);
  if (fields.size === 0) return { ...free, emergency };
  const cause = fields.get("cause") ?? free.cause;
  const departments = fields.get("departments");
  const time = fields.get("time");
  return {
    cause,
    placeRaw: fields.get("place") ?? free.placeRaw ?? placeIn(cause),
    deptNames:
      departments === undefined ? free.deptNames : listedDepartments(departments, orgNames),
    reportAt: time === undefined ? free.reportAt : exactTime(time, now, emergency),
    emergency,
  };
}

/** Words that call the departments named behind them. */
export const CALLING =
  /(?:需要?|要|请求?|呼叫?|叫|通知|协调|邀请?|申请|联系|派|由|让|喊|会同|联合|建议|加上|增加|再加|和|及|与)(?:区里的?|区级|上级|各)?[ :：]?$/;
/** 「等三个部门一起到场」 belongs to the row before it. */
const BEHIND_ROW =
  /^ ?(?:等)?(?:相关)?(?:(?:\d|[一二三四五六七八九十几多])?(?:个|家)?(?:部门|单位)|(?:\d|[一二三四五六七八九十几])(?:个|家)局?)?(?:的)?(?:同志|人员|力量)?(?:一起|一并|一同|共同|同时|都)?(?:派人|来人)?(?:参加|到场|参与|配合|支援|协助|出动|前来|到位|支持|响应|过来|联合处置|共同处置)?(?:一下)?/;
const BEFORE_ROW =
  /(?:(?:需要?|要求?|请求?|呼叫|呼|叫|通知|协调|邀请?|申请|联系|派|由|让|喊|会同|联合|建议)+(?:区里的?|区级|上级)?|(?:响应|报到|参加|呼叫)?部门)[ :：]?$/;

function readFree(
  text: string,
  now: Date,
  emergency: boolean,
  orgNames: readonly string[],
): Omit<CallDraftReading, "emergency"> {
  const rows = departmentRows(text, CALLING, orgNames).filter((row) => isCalled(text, row));
  const meeting = readMeeting(text, now);
  const stretches = [...rows.map((row) => widened(text, row)), ...meeting.stretches];
  const cause = leftover(text, stretches);
  return {
    cause,
    placeRaw: meeting.placeRaw ?? placeIn(cause),
    deptNames: onceEach(rows.flatMap((row) => row.departments)).map(({ name }) => name),
    reportAt: emergency && saysAtOnce(text, meeting.reportAt, now) ? null : meeting.reportAt,
  };
}

/** A single department that nobody calls is part of the story: 「消防 栓坏了」. */
function isCalled(text: string, row: DepartmentRow): boolean {
  const before = text.slice(Math.max(0, row.start - 8), row.start);
  return (
    row.departments.length > 1 ||
    row.departments[0]?.headcount != null ||
    CALLING.test(before) ||
    /^ ?(?:到场|参加|配合|支援|马上|立即|速)/.test(text.slice(row.end, row.end + 6))
  );
}

function widened(text: string, row: DepartmentRow): Stretch {
  const before = BEFORE_ROW.exec(text.slice(Math.max(0, row.start - 12), row.start));
  const behind = BEHIND_ROW.exec(text.slice(row.end, row.end + 24));
  return { start: row.start - (before?.[0].length ?? 0), end: row.end + (behind?.[0].length ?? 0) };
}

const saysAtOnce = (text: string, at: Date | null, now: Date): boolean =>
  at !== null && at.getTime() === now.getTime() && AT_ONCE.test(text);

/** The departments before which somebody is called: 「请区里综合执法、市监」, and where they stand. */
export const rowsCalled = (text: string): DepartmentRow[] =>
  departmentRows(text, CALLING).filter(
    (row) =>
      CALLING.test(text.slice(Math.max(0, row.start - 8), row.start)) ||
      // 「请区综合执法局」: before 区 the name of a place may stand, and takes the verb along.
      CALLS_DISTRICT.test(text.slice(row.start, row.end)),
  );

const CALLS_DISTRICT = /^[一-龥]{0,3}(?:请|叫|喊|呼|要|需|通知|协调|申请|派|邀|联系)区/;

type Field = "cause" | "place" | "departments" | "time";

const LABEL =
  /(?:^|[\s,，。;；])(?:\d[.、])?((?:呼叫)?(?:事由|事项|事件|原因|情况|内容|问题|诉求)|(?:集合|集中|报到|事发|发生)?(?:地点|地址|位置)|(?:响应|报到|参加|呼叫|需要|配合|所需)?(?:部门|单位)|(?:集合|集中|报到|到场)?时间) ?[:：]/g;

function labelled(text: string): { lead: string; fields: Map<Field, string> } {
  const labels = [...text.matchAll(LABEL)];
  const fields = new Map<Field, string>();
  labels.forEach((label, index) => {
    const words = text
      .slice(label.index + label[0].length, labels[index + 1]?.index ?? text.length)
      .replace(/^[\s,，]+|[\s,，。;；]+$/g, "");
    const name = label[1] ?? "";
    const field: Field = /地|位置/.test(name)
      ? "place"
      : /部门|单位/.test(name)
        ? "departments"
        : name.endsWith("时间")
          ? "time"
          : "cause";
    if (words !== "" && !fields.has(field)) fields.set(field, words);
  });
  return { lead: text.slice(0, labels[0]?.index ?? text.length), fields };
}

function listedDepartments(words: string, orgNames: readonly string[]): string[] {
  const rows = departmentRows(words, CALLING, orgNames);
  const strangers = leftover(words, rows)
    .split(/[\s、,，;；和及]+/)
    .filter((name) => /^[一-龥]{2,14}$/.test(name) && !/^(?:等|部门|到场|参加|配合)/.test(name));
  return onceEach([
    ...rows.flatMap((row) => row.departments),
    ...strangers.map((name) => ({ name, headcount: null })),
  ]).map(({ name }) => name);
}

function exactTime(words: string, now: Date, emergency: boolean): Date | null {
  const time = readSpokenTimes(words, now).find(({ exact }) => exact);
  if (time === undefined || (emergency && saysAtOnce(words, time.at, now))) return null;
  return time.at;
}
