import { wordsIn } from "../../look/language.ts";

export const words = wordsIn(
  {
    released: "不用到场",
    declined: "不响应",
    completed: "已办结",
    evaluated: "已评价",
    there: "已到场",
    claimed: "到场待确认",
    silent: "超时未响应",
    waiting: "待响应",
    missing: "该到未到",
    answered: "已响应",
    found: "认定",
    noted: "留痕",
  },
  {
    released: "need not come",
    declined: "objects",
    completed: "reported",
    evaluated: "scored",
    there: "on site",
    claimed: "says it is there",
    silent: "no answer in time",
    waiting: "to respond",
    missing: "not there in time",
    answered: "will come",
    found: "Found:",
    noted: "Noted:",
  },
);
