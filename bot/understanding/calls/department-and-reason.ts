import { normalise } from "../normalise.ts";
import { departmentRows, onceEach } from "./departments.ts";
import { leftover } from "./leftover.ts";

export interface DepartmentAndReason {
  /** the first department named; null when none is */
  deptName: string | null;
  reason: string;
}

/** Reads the notes of 「确认到场 HJ… 市场监管」, 「同意不响应 HJ… 市场监管 理由」 and 「不响应 理由」. */
export function readDeptAndReason(
  note: string,
  orgNames: readonly string[] = [],
): DepartmentAndReason {
  const text = normalise(note).text;
  const [row] = departmentRows(text, /^$/, orgNames);
  const [first] = row?.departments ?? [];
  if (first === undefined || first.start > 12)
    return { deptName: null, reason: leftover(text, []) };
  // 「油烟属生态环境职责」 speaks of a department, it does not answer for it.
  if (/^(?:的?职责|的?职能|管辖|职权|那边|负责|主管)/.test(text.slice(first.end))) {
    return { deptName: null, reason: leftover(text, []) };
  }
  const lead = /(?:部门|单位)?[:：]?\s*$/.exec(text.slice(0, first.start))?.[0].length ?? 0;
  return {
    deptName: first.name,
    reason: leftover(text, [{ start: first.start - lead, end: first.end }])
      .replace(/^(?:已?到场|已到|不响应)(?=$|[\s,，。])[\s,，。]*/, "")
      .replace(/^(?:理由|原因|因为)(?:是|为)?[:：\s]*/, ""),
  };
}

/** All the departments of 「确认到场 HJ… 综合执法 市监」, as named, and what else was said. */
export function readDepartments(
  note: string,
  orgNames: readonly string[] = [],
): { deptNames: string[]; reason: string } {
  const text = normalise(note).text;
  const rows = departmentRows(text, /^$/, orgNames).filter((row) => row.start <= 12);
  return {
    deptNames: onceEach(rows.flatMap((row) => row.departments)).map(({ name }) => name),
    reason: leftover(text, rows).replace(
      /^(?:都|均)?(?:已经?)?(?:到了?|到场了?)(?=$|[\s,，。])/,
      "",
    ),
  };
}
