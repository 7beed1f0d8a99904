import type { Role } from "../../../services/domain/actor.ts";
import type { Command, Doubt } from "../../../services/domain/understanding.ts";
import { alarmCommands } from "./alarm-commands.ts";
import { CALL_VERBS } from "./call-verbs.ts";
import { readCallWish } from "./call-wish.ts";
import { doubtOf } from "./doubt.ts";
import { EVENT_VERBS } from "./event-verbs.ts";
import { type FoundNumber, findNumbers } from "./numbers.ts";
import { plainCommand } from "./plain-commands.ts";
import { STAFF_VERBS } from "./staff-verbs.ts";
import { type CommandPart, NUMBER_SIGN, type Verb } from "./verb.ts";

/** What a message orders, and the numbers it names; no commands when it is plain talk. */
export interface CommandReading {
  commands: Command[];
  numbers: string[];
}

export interface CommandContext {
  /** officials may leave the number out; a resident's bare 「受理」 is talk */
  official: boolean;
  /** said among the departments of a call */
  call: boolean;
  /** words that only some may order with, such as a responder's 「收到」, count for these */
  roles: readonly Role[];
}

/**
 * Reads the phrases of the contract. A verb counts at the start of the message or beside a number;
 * anywhere else it is talk (「你们什么时候受理」).
 */
export function readCommands(text: string, context: CommandContext): CommandReading {
  const found = findNumbers(text);
  const numbers = [...new Set(found.map((number) => number.no))];
  const ofAlarms = alarmCommands(text, found);
  if (ofAlarms !== null) return { commands: ofAlarms, numbers };
  const plain = plainCommand(text, numbers);
  if (plain !== null) return { commands: [plain], numbers };
  if (found.length === 0 && !context.official) return { commands: draftByAnybody(text), numbers };
  const signed = withSigns(text, found);
  const parts = readParts(signed, found, context);
  const commands = mergeLevels(
    parts.length > 0 || found.length > 0 ? parts : readCallWish(text, context.roles),
  ).map((order) => withheld(inOffice(order, context)));
  // A resident who says 「什么时候受理 SJ…」 asks how it stands.
  return { commands: context.official ? commands : commands.filter(isOrdered), numbers };
}

const isOrdered = ({ action }: Command): boolean => action !== "withheld";

/** What was named without being ordered: it changes nothing, and the answer says how it would be said. */
const withheld = (order: Command): Command =>
  order.doubt === undefined ? order : { ...order, action: "withheld", meant: order.action };

/** 「发起街呼区应」 is an order whoever says it: it has to be refused, not overheard. */
function draftByAnybody(text: string): Command[] {
  const verb = CALL_VERBS[0];
  const lead = leadLength(text);
  const said = verb?.pattern.exec(text.slice(lead))?.[0];
  if (verb === undefined || said === undefined) return [];
  return verb.read({ said, numbers: [], rest: tidy(text.slice(lead + said.length)) });
}

/** 「我要」, 「请」 before the verb. */
const leadLength = (text: string): number =>
  /^(?:请|麻烦|我们?|现在|要|想|申请)*/.exec(text)?.[0].length ?? 0;

/**
 * One word, two orders: a street's principal has no events to send back, so 「退回 部门不全」 is about a
 * call; 「把公安换成生态环境」 changes a draft for the street and the dispatch for the district.
 */
function inOffice(order: Command, { roles }: CommandContext): Command {
  const signs =
    roles.includes("streetPrincipal") &&
    roles.every((role) => role === "streetPrincipal" || role === "streetOfficer");
  const districts = roles.includes("districtDispatcher") && !roles.includes("streetPrincipal");
  if (order.action === "return" && order.no === null && signs)
    return { ...order, action: "rejectApproval", approved: false };
  // 「不同意 HJ…」 by whoever signs, or by whoever judges a department's objection.
  if (order.action === "release" && order.approved === false)
    return roles.includes("streetPrincipal") ? notSigned(order) : { ...order, doubt: "negated" };
  if (order.action === "rejectApproval" && districts)
    return { ...order, action: "assess", approved: false };
  if (order.action === "amend" && roles.includes("districtDispatcher"))
    return { ...order, action: "dispatch" };
  return order;
}

/** 「不签批」 and not a word why: which of the two is meant has to be said. */
const notSigned = (order: Command): Command =>
  order.note.trim() === "" && order.doubt === undefined
    ? { ...order, action: "approve", doubt: "negated" }
    : { ...order, action: "rejectApproval", approved: false };

/** The text with every number as one private sign, so that the grammar need not know their shape. */
function withSigns(text: string, found: readonly FoundNumber[]): string {
  let signed = "";
  let done = 0;
  found.slice(0, 250).forEach((number, index) => {
    signed += text.slice(done, number.start) + String.fromCharCode(NUMBER_SIGN + index);
    done = number.end;
  });
  return signed + text.slice(done);
}

function readParts(
  signed: string,
  found: readonly FoundNumber[],
  context: CommandContext,
): Command[] {
  const all = verbStarts(signed, context);
  const starts = all.length > 1 && all[0]?.verb.opensOnly === true ? all.slice(1) : all;
  const lead = signed.slice(0, starts[0]?.from ?? 0);
  let last: readonly string[] = [];
  const parts = starts.map(({ verb, at, said, before }, order) => {
    const until = starts[order + 1]?.from ?? signed.length;
    const behind = signed.slice(at + said.length, until);
    const named = numbersIn(before + behind, found);
    const numbers = named.length > 0 ? named : last.length > 0 ? last : numbersIn(lead, found);
    last = numbers;
    const commands = verb.read({ said, numbers, rest: tidy(behind) } satisfies CommandPart);
    const previous = starts[order - 1];
    const since = previous === undefined ? 0 : previous.at + previous.said.length;
    const saying = { before: signed.slice(since, at), said, behind, later: order > 0 };
    const doubts = commands.map((one) => doubtOf(saying, one)).filter((one) => one !== null);
    return { commands, doubt: doubts[0] ?? null, own: named.length > 0, behind };
  });
  return inOneBreath(parts).flatMap(({ commands, doubt }) =>
    commands.map((one) => (doubt === null ? one : { ...one, doubt })),
  );
}

interface Part {
  commands: Command[];
  doubt: Doubt | null;
  /** it names its number itself */
  own: boolean;
  behind: string;
}

/**
 * What is doubted of one verb is doubted of those said in the same breath: 「先别受理 SJ… 交办给环卫所」, 「受理 SJ…
 * 判三级吗?」.
 */
function inOneBreath(parts: readonly Part[]): Part[] {
  const joined = parts.map((part) => ({ ...part }));
  joined.forEach((part, index) => {
    const previous = joined[index - 1];
    if (previous !== undefined && !part.own) part.doubt ??= previous.doubt;
  });
  for (let index = joined.length - 2; index >= 0; index--) {
    const [part, next] = [joined[index], joined[index + 1]];
    if (part === undefined || next?.doubt !== "asked") continue;
    if (!/[。;；!！\n]/.test(part.behind)) part.doubt ??= "asked";
  }
  return joined;
}

interface VerbStart {
  verb: Verb;
  at: number;
  said: string;
  /** where the part begins: at the number before the verb, if that is this verb's */
  from: number;
  before: string;
}

function verbStarts(signed: string, context: CommandContext): VerbStart[] {
  const starts: VerbStart[] = [];
  let free = 0;
  for (const at of possiblePlaces(signed)) {
    if (at < free) continue;
    const start = verbAt(signed, at, starts.at(-1) ?? null, context);
    if (start === null) continue;
    starts.push(start);
    free = at + start.said.length;
  }
  return starts;
}

const MOST_PLACES = 80;
/** 「判三级转综合执法平台交办给环卫所」: said in one breath. */
const GLUED = /(?<=[级台])(?=转|归|交办|派|分派|主办|由|判)|(?<=受理)(?=判|定|转|交办|并)/g;

/** The start, what follows a blank or a stop, what follows a number, and what leads up to a number. */
function possiblePlaces(signed: string): number[] {
  const places = new Set([0, leadLength(signed)]);
  for (const match of signed.matchAll(GLUED))
    if (places.size <= MOST_PLACES) places.add(match.index);
  const breaks = /[\s,.;:!。、；，：\ue000-\ue0ff]/g;
  for (const match of signed.matchAll(breaks)) {
    if (places.size > MOST_PLACES) break;
    places.add(match.index + 1);
    if (/[\ue000-\ue0ff]/.test(match[0])) {
      for (let back = 2; back <= 14; back++) places.add(Math.max(0, match.index - back));
    }
  }
  return [...places].sort((a, b) => a - b);
}

const BESIDE_NUMBER_AFTER =
  /^[^\ue000-\ue0ff,。;!]{0,2}(?:一下|这件|这个|事件|工单|单子|件|呼叫单|呼叫工单|编号|单号|号|[:： ])*[\ue000-\ue0ff]/;
const BESIDE_NUMBER_BEFORE =
  /[\ue000-\ue0ff](?:[:：, ，]|这件|这个|的|申请|现在|可以|已经|已|我们?|请|麻烦|现)*$/;

function verbAt(
  signed: string,
  at: number,
  previous: VerbStart | null,
  context: CommandContext,
): VerbStart | null {
  const rest = signed.slice(at, at + 400);
  const before = signed.slice(Math.max(0, at - 12), at);
  const hasNumber = /[\ue000-\ue0ff]/.test(signed);
  for (const verb of [...EVENT_VERBS, ...CALL_VERBS, ...STAFF_VERBS]) {
    const said = verb.pattern.exec(rest)?.[0];
    if (said === undefined) continue;
    const ownNumber = numberIsFree(signed, at, previous) ? BESIDE_NUMBER_BEFORE.exec(before) : null;
    const beside = ownNumber !== null || BESIDE_NUMBER_AFTER.test(rest.slice(said.length));
    const opens =
      previous === null &&
      (at === 0 ||
        /^(?:请|麻烦|我|我们|现在|现|把|将|要|想|[\s:：,，])+$/.test(signed.slice(0, at)));
    const follows =
      previous !== null && verb.mayFollow === true && previous.verb.takesNote !== true;
    if (!(beside || opens || follows)) continue;
    if (verb.opensOnly === true && previous !== null) continue;
    if (!hasNumber && !isOrder(verb, said.length === rest.trim().length, context)) continue;
    const from =
      previous === null ? 0 : ownNumber === null ? at : at - (before.length - ownNumber.index);
    return { verb, at, said, from, before: signed.slice(from, at) };
  }
  return null;
}

/** Whether the verb is an order without a number; `alone` when nothing else was said. */
function isOrder(verb: Verb, alone: boolean, context: CommandContext): boolean {
  if (verb.needs === undefined) return true;
  if (verb.needs === "number") return context.official && alone;
  if (verb.needs === "call") return context.call;
  return verb.needs.some((role) => context.roles.includes(role));
}

/** A number between two verbs belongs to the first, unless that one already had its own. */
function numberIsFree(signed: string, at: number, previous: VerbStart | null): boolean {
  if (previous === null || previous.verb.opensOnly === true) return true;
  const between = signed.slice(previous.at, at).match(/[\ue000-\ue0ff]/g) ?? [];
  return between.length > (/[\ue000-\ue0ff]/.test(previous.before) ? 0 : 1);
}

function numbersIn(text: string, found: readonly FoundNumber[]): string[] {
  const named: string[] = [];
  for (const sign of text.match(/[\ue000-\ue0ff]/g) ?? []) {
    const number = found[sign.charCodeAt(0) - NUMBER_SIGN];
    if (number !== undefined && !named.includes(number.no)) named.push(number.no);
  }
  return named;
}

/** 「判三级 转综合执法平台」 is one decision about one event. */
function mergeLevels(commands: readonly Command[]): Command[] {
  const merged: Command[] = [];
  for (const next of commands) {
    const last = merged.find((earlier) => earlier.action === next.action && earlier.no === next.no);
    if (last !== undefined && next.action === "setLevel") {
      last.level = last.level ?? next.level;
      last.platform = last.platform ?? next.platform;
      doubtBoth(last, next);
    } else if (last !== undefined && next.action === "assign" && next.orgName === null) {
      last.supportNames.push(...next.supportNames);
      last.note = [last.note, next.note].filter((words) => words !== "").join(" ");
      doubtBoth(last, next);
    } else {
      merged.push({ ...next, supportNames: [...next.supportNames] });
    }
  }
  return merged;
}

function doubtBoth(kept: Command, added: Command): void {
  if (added.doubt !== undefined) kept.doubt ??= added.doubt;
}

const tidy = (body: string): string =>
  body
    .replace(/[\ue000-\ue0ff]/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s,.:;!。、；，：]+|[\s,;、，；]+$/g, "")
    .replace(/^(?:呼叫单|呼叫工单|事件|工单|单号|编号|这件)+(?: |$)/, "")
    // 「办结了,清走12个摊位」
    .replace(/^(?:了|啦|完了|完毕|好了)(?=[\s,，。:：;；!！]|$)[\s,，。:：;；!！]*/, "");
