import { readSpokenTimes } from "../../../services/domain/spoken-time.ts";
import { normalise } from "../normalise.ts";
import { CALLING } from "./call-draft.ts";
import { departmentRows, onceEach } from "./departments.ts";
import { leftover } from "./leftover.ts";
import { readMeeting } from "./meeting.ts";

/** What changes in a draft; what is absent stays. */
export interface AmendReading {
  cause?: string;
  placeRaw?: string;
  reportAt?: Date;
  /** the departments that are wanted from now on */
  deptNames?: string[];
  addDepts: string[];
  dropDepts: string[];
}

const CHANGED =
  "(?:改为|改成|改到|改在|改|换成|换到|变更为|调整为|调整到|推迟到|提前到|是|为|[:：])+ ?";
/** 「事由 X」: the label alone, where it opens the change or one of its parts. */
const LABELLED = "(?<=^|[\\s,，;；。])";
const CAUSE = new RegExp(
  `(?:事由|事项|事件|原因|内容)${CHANGED}([^;；。]+)|${LABELLED}(?:事由|事项|原因|内容) ([^;；。]+?)(?=[\\s,，](?:地点|时间|部门|位置|地址)|[;；。]|$)`,
);
const PLACE = new RegExp(
  `(?:(?:集合|集中|报到)?(?:地点|位置|地址))${CHANGED}([^\\s,，;；。]+)|${LABELLED}(?:集合|集中|报到)?(?:地点|位置|地址) ([^\\s,，;；。]+)`,
);
const PLACE_LATER = /(?:改到|改在|换到|换成|改为|改成) ?([^\s,，;；。]{2,30})/;
const DEPARTMENTS = new RegExp(`(?:部门|单位)(?:${CHANGED}| )`);
const ADDED = /(?:加上|增加|再加|加|再叫|再请|补上|另加|增派|添加|还要)(?:一个|部门)?[ :：]?$/;
const DROPPED = /(?:去掉|不要|取消|减去|删掉|删除|撤下|不用|不叫|除去)(?:部门)?[ :：]?$/;
const SWAPPED_OUT = /^ ?(?:换成|换为|改为|改成|调整为)/;
const SWAPPED_IN = /(?:换成|换为|改为|改成|调整为)[ :：]?$/;
const CALLED = new RegExp(
  `${DEPARTMENTS.source}$|${ADDED.source}|${DROPPED.source}|${SWAPPED_IN.source}|(?:把|将)$|${CALLING.source}`,
);

/** Reads the note of 「修改 HJ… 时间改为明晚9点,加上水务」. */
export function readAmend(note: string, now: Date, orgNames: readonly string[] = []): AmendReading {
  const text = normalise(note).text;
  const cause = CAUSE.exec(text);
  const said = cause?.[1] ?? cause?.[2];
  const rest = cause === null ? text : text.replace(cause[0], " ");
  const reportAt = readSpokenTimes(rest, now).find(({ exact }) => exact)?.at;
  const placeRaw = changedPlace(rest, now, orgNames);
  return {
    ...(said === undefined ? {} : { cause: leftover(said, []) }),
    ...(placeRaw === null ? {} : { placeRaw }),
    ...(reportAt === undefined ? {} : { reportAt }),
    ...changedDepartments(rest, orgNames),
  };
}

function changedPlace(text: string, now: Date, orgNames: readonly string[]): string | null {
  const place = PLACE.exec(text);
  const labelled = place?.[1] ?? place?.[2];
  if (labelled !== undefined) return labelled.replace(/(?:集中|集合|报到)$/, "");
  const meeting = readMeeting(text, now).placeRaw;
  if (meeting !== null) return meeting;
  const later = PLACE_LATER.exec(text)?.[1];
  if (later === undefined || readSpokenTimes(later, now).length > 0) return null;
  const names = departmentRows(later, CALLED, orgNames);
  return names.length > 0 ? null : later;
}

function changedDepartments(
  text: string,
  orgNames: readonly string[],
): Pick<AmendReading, "deptNames" | "addDepts" | "dropDepts"> {
  const addDepts: string[] = [];
  const dropDepts: string[] = [];
  const wanted: string[] = [];
  for (const row of departmentRows(text, CALLED, orgNames)) {
    const before = text.slice(Math.max(0, row.start - 12), row.start);
    const names = onceEach(row.departments).map(({ name }) => name);
    if (DROPPED.test(before) || SWAPPED_OUT.test(text.slice(row.end, row.end + 6)))
      dropDepts.push(...names);
    else if (new RegExp(`${DEPARTMENTS.source}$`).test(before)) wanted.push(...names);
    else if (ADDED.test(before) || SWAPPED_IN.test(before) || CALLING.test(before))
      addDepts.push(...names);
  }
  return { ...(wanted.length === 0 ? {} : { deptNames: wanted }), addDepts, dropDepts };
}
