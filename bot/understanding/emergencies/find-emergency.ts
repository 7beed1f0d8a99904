import type { EmergencyKind } from "../../../services/domain/understanding.ts";
import { CERTAIN, DOUBTED, FIGURATIVE, HAPPENED, isRuledOut, NOW, PAST } from "./ruled-out.ts";
import { SIGNS, type Sign } from "./signs.ts";

/** Said of this minute, to whoever may hear it. */
const CRIES =
  /正在|现在|刚刚|刚才|救命(?!钱|药|稻草|恩|消防|通道)|快来|快叫|快救|快打|快报警|赶紧(?:来|救|叫|打|报)|马上(?:来|叫|打)|来人/;
const FORMAL =
  /^(?:关于|投诉|举报|控告|要求|反映|建议|咨询|尊敬|敬爱|领导|.{0,6}(?:书记|市长|区长|县长|局长))/;
/** A cry that is all there is, or stands beside what is no danger: 「救命 作业太多了」. */
const TRIVIAL = /作业|考试|加班|减肥|太(?:好|多|可爱|好看|好吃|难|贵)|好(?:看|吃)|笑/;

/** Who cries for help may tell a good deal first, but not pages. */
const LONGEST_CRY = 600;
const HEAD_READ = 1200;
const TAIL_READ = 300;
const MOST_CLAUSES = 120;
/** Nobody in danger writes a letter: in a long text only a first sentence with 「现在」 counts, or a cry. */
const LETTER = 90;

/** Long texts are read at both ends. */
const readPart = (text: string): string =>
  text.length <= HEAD_READ + TAIL_READ
    ? text
    : `${text.slice(0, HEAD_READ)}。${text.slice(-TAIL_READ)}`;

/**
 * Which emergency the words tell of, or null. Rules out drills, questions, fears and what is past,
 * clause by clause, so that 「火灾演练,但是3幢真的着火了」 is still heard.
 */
export function findEmergency(text: string): EmergencyKind | null {
  const clauses = readPart(text)
    .split(/[,.;。;!?\n，；！？]+|(?<=[\u4e00-\u9fa5]) (?=[\u4e00-\u9fa5])/)
    .slice(0, MOST_CLAUSES);
  const formal = FORMAL.test(text);
  const letter = text.length > LETTER || formal;
  const mayCry = !formal && text.length <= LONGEST_CRY && CRIES.test(text);
  const heard = clauses.flatMap((clause, at) => {
    if (letter && !mayCry && at > 1) return [];
    const beside = `${clause},${clauses[at + 1] ?? ""}`;
    if (letter && !(at <= 1 && NOW.test(clause)) && !(mayCry && CRIES.test(beside))) return [];
    return [{ clause, beside, around: `${clauses[at - 1] ?? ""},${beside}` }];
  });
  for (const sign of SIGNS) {
    for (const { clause, beside, around } of heard) {
      if (!tells(sign, clause, beside)) continue;
      if (isRuledOut(clause) || isDoubted(sign, clause, beside)) continue;
      if (/^救命/.test(clause) && TRIVIAL.test(beside)) continue;
      const past = PAST.test(clause) ? clause : around;
      if (PAST.test(past) && !NOW.test(past)) continue;
      return sign.kind;
    }
  }
  return null;
}

const tells = ({ patterns, across }: Sign, clause: string, beside: string): boolean =>
  patterns.some((pattern) => pattern.test(clause)) ||
  across?.some((pattern) => pattern.test(beside)) === true;

function isDoubted(sign: Sign, clause: string, beside: string): boolean {
  if (sign.evenInDoubt === true || CERTAIN.test(beside)) return false;
  return FIGURATIVE.test(clause) || (DOUBTED.test(clause) && !HAPPENED.test(clause));
}
