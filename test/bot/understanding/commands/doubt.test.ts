import { describe, expect, it } from "vitest";
import { callRefusalText } from "../../../../bot/replies/calls.ts";
import { SAYABLE, wordsFor } from "../../../../bot/replies/exact-words.ts";
import { refusalText } from "../../../../bot/replies/refusals.ts";
import { readCommands } from "../../../../bot/understanding/commands/read-commands.ts";
import { ROLES, type Role } from "../../../../services/domain/actor.ts";
import { CALL_ACTIONS } from "../../../../services/domain/call-ticket.ts";
import { EVENT_ACTIONS } from "../../../../services/domain/event.ts";

const HJ = "HJ20261122-003";
const SJ = "SJ20261121-0087";

/** Everybody but the district, whose 「修改」 and 「退回」 mean its own. */
const STREETS = ROLES.filter((role) => role !== "districtDispatcher");

const orders = (text: string, roles: readonly Role[] = STREETS): string[] =>
  readCommands(text, { official: true, call: true, roles })
    .commands.map(({ action }) => action)
    .filter((action) => action !== "withheld");

/** Every verb, with what follows its number; the first words are what is negated and asked. */
const ORDERS: readonly [verb: string, behind: string, action: string][] = [
  ["签批", "", "approve"],
  ["签批同意", "", "approve"],
  ["同意签批", "", "approve"],
  ["补签", "", "approve"],
  ["签批退回", "部门不全", "rejectApproval"],
  ["研判通过", "", "assess"],
  ["研判退回", "不在清单内", "assess"],
  ["派遣", "城管2人 公安1人 明晚8点 滨河路解放街口", "dispatch"],
  ["同意不响应", "市监", "release"],
  ["提交", "", "submit"],
  ["修改", "时间改为明晚9点", "amend"],
  ["撤销", "", "cancel"],
  ["收到", "2人准时到", "respond"],
  ["响应", "2人", "respond"],
  ["不响应", "人手不够", "decline"],
  ["到了", "2人", "checkIn"],
  ["到场", "", "checkIn"],
  ["确认到场", "市场监管", "confirmArrival"],
  ["办结反馈", "拆棚3处", "complete"],
  ["结案", "意见 综合执法95", "close"],
  ["评价", "综合执法95", "evaluate"],
  ["回访", "群众满意", "followUp"],
  ["认定", "市监 不响应", "findFault"],
  ["通报", "", "circular"],
  ["申诉", "当时在另一处现场", "appeal"],
  ["归档", "", "archive"],
  ["催办", "", "urge"],
  ["督办", "今天必须到场", "supervise"],
  ["批示", "今天必须到场", "instruct"],
  ["答复", "材料已补", "answer"],
];
const EVENT_ORDERS: readonly [verb: string, behind: string, action: string][] = [
  ["受理", "", "accept"],
  ["不予受理", "属于民事纠纷", "reject"],
  ["不受理", "属于民事纠纷", "reject"],
  ["判三级", "", "setLevel"],
  ["交办", "给环卫所", "assign"],
  ["签收", "", "sign"],
  ["办结", "已清运", "complete"],
  ["退单", "不归我们管", "return"],
  ["申请延期", "5个工作日 等配件", "delay"],
  ["同意延期", "", "decideDelay"],
  ["验收通过", "", "verify"],
  ["重办", "没扫干净", "reopen"],
  ["上报", "跨街道", "escalate"],
  ["会商", "", "consult"],
  ["督办", "今天办完", "supervise"],
  ["归档", "", "archive"],
  ["结案", "", "close"],
  ["撤回", "", "withdraw"],
];
const ALL = [
  ...ORDERS.map((order) => [...order, HJ] as const),
  ...EVENT_ORDERS.map((order) => [...order, SJ] as const),
];

const NEGATED =
  "不 没 未 别 先别 暂不 暂缓 不要 不能 先不要 还没 还没有 尚未 没法 无法 不用 不必 不想 不会 不打算 不着急 不建议 拒绝 取消 停止 暂时先别 暂时不 请不要 我不 我们不 忘了 没说要 不是要".split(
    " ",
  );
const ASKED_BEFORE =
  "要不要 能不能 可不可以 是否 是不是 该不该 什么时候 何时 几点 怎么 如何 谁 谁来 哪个部门 为什么 请问能否 不知道要不要 需不需要 有没有".split(
    " ",
  );
/** Those that are also tried apart from their verb. */
const USUAL = ["不", "没", "别", "先别", "暂不", "不要", "没法", "要不要", "能不能", "谁", "怎么"];
const ASKED_BEHIND = ["吗", "吗?", "呢?", "?", "了吗", "了没有", "可以吗?", "行不行", "好不好?"];
const PUT_OFF = [
  "等会儿",
  "待会再",
  "明天再",
  "等核实了再",
  "等材料齐了,再",
  "如果没问题就",
  "要是他们不来,",
  "万一不行再",
  "领导说",
  "请回「",
  "核实以后再",
  "先缓一缓再",
];

describe("words that name an action without ordering it", () => {
  it.each(ALL)("「%s %s」 (%s) is an order by itself", (verb, behind, action, no) => {
    expect(orders(`${verb} ${no} ${behind}`.trim())).toEqual([action]);
  });

  it.each(ALL)("「%s %s」 (%s) is none once it is negated", (verb, behind, _action, no) => {
    // 「不同意…」, 「不签批 理由」 and 「不响应 理由」 are actions of their own.
    const own = ["签批", "签批同意", "同意签批", "补签", "响应", "受理", "同意延期", "同意不响应"];
    for (const not of NEGATED) {
      if (own.includes(verb) && orders(`${not}${verb} ${no} 理由`).some(isRefusal)) continue;
      const across = [`${not}把${no} ${verb} ${behind}`, `${no} ${not}${verb} ${behind}`];
      for (const text of [`${not}${verb}${no}${behind}`, ...(USUAL.includes(not) ? across : [])])
        expect(
          orders(text).filter((one) => !isRefusal(one)),
          text,
        ).toEqual([]);
    }
  });

  it.each(ALL)("「%s %s」 (%s) is none once it is asked", (verb, behind, _action, no) => {
    for (const ask of ASKED_BEFORE)
      for (const text of [
        `${ask}${verb} ${no} ${behind}`,
        ...(USUAL.includes(ask) ? [`${ask}把 ${no} ${verb}?`, `${no} ${ask}${verb}`] : []),
      ])
        expect(orders(text), text).toEqual([]);
    for (const ask of ASKED_BEHIND)
      for (const text of [`${verb} ${no} ${ask}`, `${verb}${no}${ask}`, `${no} ${verb}${ask}`])
        expect(orders(text), text).toEqual([]);
    for (const ask of ["吗?", "可以吗", "行不行?"])
      expect(orders(`${verb} ${no} ${behind}${ask}`), `${behind}${ask}`).toEqual([]);
  });

  it.each(ALL)(
    "「%s %s」 (%s) is none while it waits, or is somebody's word",
    (verb, behind, _action, no) => {
      for (const wait of PUT_OFF)
        expect(orders(`${wait}${verb} ${no} ${behind}`), wait).toEqual([]);
    },
  );

  it.each([
    "明天到了",
    "等会儿到了",
    "快到了",
    "马上到了",
    "我们马上到了",
    "预计8点到场",
    "应该到了",
  ])("「%s HJ…」 tells of no arrival", (said) => {
    expect(orders(`${said} ${HJ}`)).toEqual([]);
    expect(orders(`${HJ} ${said}`)).toEqual([]);
  });

  it.each([
    ["暂不受理 SJ… 等核实", []],
    ["不受理 SJ… 等核实", []],
    ["不签批 HJ…", []],
    ["不签批 HJ… 等核实", []],
    ["暂不派遣 HJ… 城管2人", []],
    ["什么时候派遣 HJ… 城管2人到滨河路", []],
    ["不同意不响应 HJ… 市监", []],
    ["不认定 HJ… 市监 不响应", []],
    ["未到场 HJ…", []],
    ["先别受理 SJ… 交办给环卫所", []],
    ["受理 SJ… 判三级吗?", []],
    ["同意请回「签批同意 HJ…」,退回请回「退回 HJ… 理由」", []],
    ["HJ… 不要呼叫了", []],
    ["不签批 HJ… 部门不全", ["rejectApproval"]],
    ["不同意签批 HJ… 部门不全", ["rejectApproval"]],
    ["不同意 HJ… 部门不全", ["rejectApproval"]],
    ["不受理 SJ… 属于民事纠纷", ["reject"]],
    ["督办 SJ… 怎么还没办?今天必须办完", ["supervise"]],
    ["督办 SJ… 怎么还没办?", ["supervise"]],
    ["退回 HJ… 为什么没有公安?", ["rejectApproval"]],
    ["不通过 SJ… 怎么还有垃圾?", ["reopen"]],
    ["没问题,签批同意 HJ…", ["approve"]],
    ["没意见签批 HJ…", ["approve"]],
    ["「签批同意 HJ…」", ["approve"]],
    ["收到 HJ… 2人准时到", ["respond"]],
    ["办结 SJ… 问了居民什么时候方便,已修好", ["complete"]],
    ["办结 SJ… 没有发现漏水,已查完", ["complete"]],
    ["现场 HJ…:市监到1人,公安未到1人", ["siteLog"]],
    ["申请延期 SJ… 5个工作日 等配件", ["delay"]],
    ["不响应 HJ… 没有人手", ["decline"]],
    ["SJ… 验收不通过 没扫干净", ["reopen"]],
    ["退单 SJ… 不归我们管", ["return"]],
    ["认定 HJ… 水务 未到场", ["findFault"]],
  ])("「%s」 orders %j", (said, expected) => {
    const text = said.replaceAll("HJ…", HJ).replaceAll("SJ…", SJ);
    expect(orders(text)).toEqual(expected);
  });
});

/** Actions that are refused without a reason, an account or an instruction. */
const NEEDS_REASON: readonly string[] =
  "rejectApproval assess decline complete close followUp appeal instruct answer reject return reopen verify delay decideDelay concludeConsultation".split(
    " ",
  );

const isRefusal = (action: string): boolean =>
  ["rejectApproval", "reject", "decline", "decideDelay"].includes(action);

describe("the words that are offered", () => {
  it.each(SAYABLE.map(({ action, no }) => [wordsFor(action, no) ?? "", action, no] as const))(
    "「%s」 does %s",
    (words, action, no) => {
      const roles: readonly Role[] = /^(?:assess|dispatch)/.test(action) ? ROLES : STREETS;
      const [order] = readCommands(words, { official: true, call: false, roles }).commands;
      expect(order).toMatchObject({ action: action.replace(":no", ""), no });
      if (action.endsWith(":no")) expect(order?.approved).toBe(false);
    },
  );
});

describe("a hint to give the reason", () => {
  const hintIn = (text: string): string => /「([^」]+)」/.exec(text)?.[1] ?? "";
  const refusal = { ok: false, code: "reasonRequired", allowed: [] } as const;

  it.each(CALL_ACTIONS.filter((action) => NEEDS_REASON.includes(action)))(
    "of a call's %s does it, with a reason",
    (action) => {
      const text = callRefusalText({ ...refusal, action }, HJ, (code) => code);
      const roles = action === "assess" ? ROLES : STREETS;
      const read = readCommands(hintIn(text), { official: true, call: false, roles });
      expect(read.commands).toMatchObject([{ action, no: HJ, note: expect.stringMatching(/../) }]);
      if (action === "assess") expect(read.commands[0]?.approved).toBe(false);
    },
  );

  it.each(EVENT_ACTIONS.filter((action) => NEEDS_REASON.includes(action)))(
    "of an event's %s does it, with a reason",
    (action) => {
      const text = refusalText({ ...refusal, action }, SJ);
      const read = readCommands(hintIn(text), { official: true, call: false, roles: STREETS });
      expect(read.commands).toMatchObject([
        {
          action: action === "verify" ? "reopen" : action,
          no: SJ,
          note: expect.stringMatching(/../),
        },
      ]);
      if (action === "decideDelay") expect(read.commands[0]?.approved).toBe(false);
    },
  );
});
