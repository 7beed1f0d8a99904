import { type Lamp, lampOf, type Response } from "../../desk/calls/lamps.ts";
import { wordsIn } from "../../look/language.ts";

const words = wordsIn(
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
  },
);

/** The desk's lamp, in the words of the phone's language. @param now - the product's time in ms */
export function phoneLamp(response: Response, now: number): Lamp {
  return { ...lampOf(response, now), text: words()[stateOf(response, now)] };
}

function stateOf(response: Response, now: number): keyof ReturnType<typeof words> {
  if (response.releasedAt !== null) return "released";
  if (response.status === "declined") return "declined";
  if (response.status === "completed" || response.status === "evaluated") return response.status;
  if (response.status === "checkedIn") return "there";
  if (response.claim !== null) return "claimed";
  if (response.status === "notified")
    return Date.parse(response.respondBy) < now ? "silent" : "waiting";
  return Date.parse(response.arriveBy) < now ? "missing" : "answered";
}
