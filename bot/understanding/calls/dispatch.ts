import { normalise } from "../normalise.ts";
import { CALLING } from "./call-draft.ts";
import { type DepartmentRow, departmentRows, onceEach } from "./departments.ts";
import { leftover, type Stretch } from "./leftover.ts";
import { readMeeting } from "./meeting.ts";

/** Who is sent, when and where, as said. */
export interface DispatchReading {
  departments: { name: string; headcount: number | null }[];
  reportAt: Date | null;
  placeRaw: string | null;
  /** departments that these stand in for */
  replaces: string[];
  /** what else was said: 「联系望潮街道陈科」 */
  rest: string;
}

const CONTACT =
  /(?:现场)?(?:联系人?|联络人?|对接人?)(?:电话|方式)?[:：]? ?[^\s,，。;；]{2,20}(?: ?1[\d*]{10})?/;
const REPLACED_BEHIND =
  /(?:代替|替换掉?|替代|顶替|顶|换下|替下|取代|换掉|撤下|撤掉|去掉|不要|取消|减去|代)[ :：]?$/;
const REPLACED_BEFORE =
  /^ ?(?:都|全)?(?:换成|换为|换|改为|改成|改派|调整为|变更为|更换为|撤下|撤掉|去掉|不用去|不去了)/;
const REPLACING =
  /(?:换成|换为|换|改为|改成|改派|调整为|变更为|更换为|用|增派|加派|补派|另派|再派)[ :：]?$/;
const CALLED = new RegExp(
  `${CALLING.source}|${REPLACED_BEHIND.source}|${REPLACING.source}|(?:把|将)$`,
);

/** Reads the note of 「派遣 HJ… …」, the first and any later one that adds or replaces departments. */
export function readDispatch(
  note: string,
  now: Date,
  orgNames: readonly string[] = [],
): DispatchReading {
  const whole = normalise(note).text;
  const contact = CONTACT.exec(whole);
  const blank = contact === null ? "" : "\n".repeat(contact[0].length);
  // Blanked, not cut: a department among the contacts is not sent, and places keep their positions.
  const text = contact === null ? whole : whole.replace(contact[0], blank);
  const rows = departmentRows(text, CALLED, orgNames);
  const meeting = readMeeting(text, now);
  const stretches: Stretch[] = [...rows.map((row) => widened(text, row)), ...meeting.stretches];
  const [gone, sent] = [
    rows.filter((row) => isReplaced(text, row)),
    rows.filter((row) => !isReplaced(text, row)),
  ];
  return {
    departments: onceEach(sent.flatMap((row) => row.departments)),
    reportAt: meeting.reportAt,
    placeRaw: meeting.placeRaw,
    replaces: onceEach(gone.flatMap((row) => row.departments)).map(({ name }) => name),
    rest: leftover(whole, stretches),
  };
}

const around = (text: string, row: DepartmentRow) => ({
  before: text.slice(Math.max(0, row.start - 8), row.start),
  behind: text.slice(row.end, row.end + 8),
});

function isReplaced(text: string, row: DepartmentRow): boolean {
  const { before, behind } = around(text, row);
  return REPLACED_BEHIND.test(before) || REPLACED_BEFORE.test(behind);
}

function widened(text: string, row: DepartmentRow): Stretch {
  const { before, behind } = around(text, row);
  const lead = new RegExp(
    `(?:把|将|${REPLACED_BEHIND.source}|${REPLACING.source}|(?:派|请|由|让|通知)$)`,
  ).exec(before);
  const tail = REPLACED_BEFORE.exec(behind);
  return {
    start: lead === null ? row.start : row.start - before.length + lead.index,
    end: row.end + (tail?.[0].length ?? 0),
  };
}
