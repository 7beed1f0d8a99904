import { maskPersonalData } from "../masking.ts";
import type { HotlineField } from "./field.ts";
import type { HotlineAction, HotlineMapping } from "./mapping.ts";
import type { HotlineState } from "./state.ts";
import { readTheirTime } from "./their-time.ts";

/** One version of an order, in our terms. Texts are masked; the caller's name and number are not. */
export interface HotlineOrder {
  no: string;
  /** when somebody rang */
  calledAt: Date | null;
  /** when this version was made; null where the hotline does not say */
  changedAt: Date | null;
  action: HotlineAction | null;
  state: HotlineState | null;
  /** the caller's words with the title before them; empty in a version that only adds something */
  words: string;
  supplement: string;
  /** how often they urged (催单次数), counted by them; null where they do not count */
  urges: number | null;
  /** slug of our catalog, where their category is mapped */
  category: string | null;
  place: string | null;
  location: { lng: number; lat: number } | null;
  contact: { name: string | null; phone: string | null };
  dueAt: Date | null;
  /** every column as it came, masked, without the caller's name and number */
  raw: Record<string, string>;
}

/** What is wrong with one row, by their name of the column, ending with what to do. */
export interface OrderProblem {
  column: string;
  what: string;
}

/** A row as it came: their column names with their texts, in their order. */
export type TheirRow = readonly (readonly [column: string, text: string])[];

const LONGEST_NO = 60;
const LONGEST_WORDS = 10_000;
const MAPPING_FILE = "hotline-mapping.csv";

/** The columns that the mapping does not know, each once. */
export const unknownColumns = (columns: readonly string[], mapping: HotlineMapping): string[] => [
  ...new Set(columns.filter((column) => column.trim() !== "" && mapping.fieldOf(column) === null)),
];

/** What to do about a column that nobody mapped. */
export const unknownColumn = (column: string): OrderProblem => ({
  column,
  what: `没有这一列的对照。请在 ${MAPPING_FILE} 里加一行:kind 写 field,theirs 写「${column}」,ours 写对应的字段,不需要的写 keep。`,
});

/** Reads one row; every problem of it at once. */
export function readOrder(
  row: TheirRow,
  mapping: HotlineMapping,
): { ok: true; order: HotlineOrder } | { ok: false; problems: OrderProblem[] } {
  const problems: OrderProblem[] = [];
  const given = new Map<HotlineField, { column: string; text: string }>();
  const raw: Record<string, string> = {};
  for (const [column, value] of row) {
    const text = clean(value);
    if (text === "") continue;
    const field = mapping.fieldOf(column);
    if (field === null) {
      problems.push(unknownColumn(column));
      continue;
    }
    if (field !== "name" && field !== "phone") raw[column] = maskPersonalData(text);
    if (field === "keep") continue;
    // Two columns of one meaning (街道 and 地址 both as place) are read together.
    const before = given.get(field);
    given.set(field, { column, text: before === undefined ? text : `${before.text} ${text}` });
  }
  const text = (field: HotlineField): string => given.get(field)?.text ?? "";
  const complain = (field: HotlineField, what: string): null => {
    problems.push({ column: given.get(field)?.column ?? field, what });
    return null;
  };

  const order: HotlineOrder = {
    no: orderNo(),
    calledAt: moment("calledAt", "begin"),
    changedAt: moment("changedAt", "begin"),
    action: mapped("action", mapping.actionOf, "action"),
    state: mapped("state", mapping.stateOf, "state"),
    words: words(),
    supplement: maskPersonalData(text("supplement")),
    urges: count("urges"),
    category: mapping.categoryOf(text("category")),
    place: text("place") === "" ? null : maskPersonalData(text("place")).slice(0, 200),
    location: location(),
    contact: {
      name: text("name").slice(0, 50) || null,
      phone: text("phone").slice(0, 30) || null,
    },
    dueAt: moment("dueAt", "end"),
    raw,
  };
  return problems.length === 0 ? { ok: true, order } : { ok: false, problems };

  function orderNo(): string {
    const no = text("no");
    if (no === "") complain("no", "缺少工单编号。请补上后再传这一行。");
    else if (/^\d+(?:\.\d+)?e\+?\d+$/i.test(no))
      complain("no", `「${no}」是表格软件改写过的数字,原编号已丢。请把该列设为文本后重新导出。`);
    else if (no.length > LONGEST_NO || /\s/.test(no))
      complain("no", `工单编号最长 ${LONGEST_NO} 个字符,中间不能有空格。请核对后再传这一行。`);
    return no;
  }

  function words(): string {
    const [title, told] = [text("title"), text("words")];
    const whole = title === "" || told.includes(title) ? told : `${title}\n${told}`.trim();
    if ([...whole].length > LONGEST_WORDS)
      complain("words", `内容超过 ${LONGEST_WORDS} 个字。请分成补充内容再传这一行。`);
    return maskPersonalData(whole);
  }

  function moment(field: HotlineField, dayMeans: "begin" | "end"): Date | null {
    if (text(field) === "") return null;
    return (
      readTheirTime(text(field), dayMeans) ??
      complain(field, `「${text(field)}」不是时间,例如 2026-11-22 09:30:00。请改正后再传这一行。`)
    );
  }

  function mapped<T>(field: HotlineField, look: (theirs: string) => T | null, kind: string) {
    if (text(field) === "") return null;
    return (
      look(text(field)) ??
      complain(
        field,
        `没有「${text(field)}」的对照。请在 ${MAPPING_FILE} 里加一行:kind 写 ${kind},theirs 写「${text(field)}」,再传这一行。`,
      )
    );
  }

  function count(field: HotlineField): number | null {
    if (text(field) === "") return null;
    return /^\d{1,4}$/.test(text(field))
      ? Number(text(field))
      : complain(field, `「${text(field)}」不是次数。请改成整数后再传这一行。`);
  }

  function location() {
    const [lng, lat] = [Number(text("lng")), Number(text("lat"))];
    if (text("lng") === "" && text("lat") === "") return null;
    return text("lng") !== "" &&
      text("lat") !== "" &&
      Math.abs(lng) <= 180 &&
      Math.abs(lat) <= 90 &&
      (lng !== 0 || lat !== 0)
      ? { lng, lat }
      : complain("lng", "经度、纬度要成对,且是数字。请改正或留空后再传这一行。");
  }
}

/** The same version of an order however often and by whatever road it comes: what of it has a meaning. */
export const versionOf = ({ raw: _raw, ...order }: HotlineOrder): string => JSON.stringify(order);

const clean = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "")
    .toWellFormed()
    .trim();
