import { isAlarmNo } from "../../../services/domain/number.ts";
import type { Command } from "../../../services/domain/understanding.ts";
import type { FoundNumber } from "./numbers.ts";
import { command } from "./verb.ts";

const CONFIRMED = /^(?:已?核实,? ?)?(?:确认|属实)/;
const FALSE = /^(?:不是告警|不属实|误报|假警|虚警)/;
const POLITE = /^(?:请|麻烦|我们?|现在|现场|已经?|[\s,，。:：])+/;
/** What stands between the words and is neither a reason nor a note. */
const BARE =
  /^(?:一下|告警|这条|这件|立件|属实|原因|理由|因为|了|[\s,，.。;；:：、!！])+|[\s,，.。;；]+$/g;

const QUESTION = /(?:吗|么|呢|没有|[?？])\s*$/;
const ASKED = /^(?:(?:再?查|看|流程|进度|状态)[^\n]{0,8})?$/;

/**
 * What a message that names alarms orders: they are confirmed, called false or asked for. Null where it
 * orders nothing of these: what else is said beside such a number may be a danger.
 */
export function alarmCommands(text: string, found: readonly FoundNumber[]): Command[] | null {
  const numbers = [...new Set(found.map(({ no }) => no))];
  const alarms = numbers.filter(isAlarmNo);
  if (alarms.length === 0) return null;
  const words = withoutNumbers(text, found).replace(POLITE, "").trim();
  const [into = null] = numbers.filter((no) => no.startsWith("SJ"));
  const part = (said: string) => ({ said, numbers: alarms, rest: noteOf(words, said) });
  // Whoever asks whether it is so has not said that it is.
  if (QUESTION.test(words)) return command(part(""), "alarmStatus");
  const confirmed = CONFIRMED.exec(words)?.[0];
  if (confirmed !== undefined) {
    const { rest, ...order } = part(confirmed);
    const note = into === null ? rest : rest.replace(/^(?:并入|并到|合并到|归到|算在)[\s:：]*/, "");
    return command({ ...order, rest: note }, "confirmAlarm", { otherNo: into });
  }
  const called = FALSE.exec(words)?.[0];
  if (called !== undefined) return command(part(called), "falseAlarm");
  return ASKED.test(words) ? command(part(""), "alarmStatus") : null;
}

const noteOf = (words: string, said: string): string =>
  words.slice(said.length).replace(BARE, "").trim();

function withoutNumbers(text: string, found: readonly FoundNumber[]): string {
  let left = "";
  let done = 0;
  for (const { start, end } of found) {
    left += `${text.slice(done, start)} `;
    done = end;
  }
  return (left + text.slice(done)).replace(/\s+/g, " ").trim();
}
