import { wordsIn } from "../../look/language.ts";
import { callStatus, eventStatus } from "../../look/names.ts";
import { when } from "../../look/time-words.ts";
import type { Call, Event } from "../api.ts";
import type { KeptPress } from "./press.ts";

const words = wordsIn(
  {
    event: (no: string, status: string) => `${no} 现在是「${status}」。`,
    arrived: (at: string, late: boolean, distance: string) =>
      `报到成功:${at},${late ? "迟到" : "准时"}${distance}。`,
    metres: (m: number) => `,距报到点${m}米`,
    claimed: (at: string) => `已记下您 ${at} 到了,等街道确认。`,
    reported: "已送达一呼,正在登记。",
    patrol: "巡查已登记。",
  },
  {
    event: (no: string, status: string) => `${no} is now "${status}".`,
    arrived: (at: string, late: boolean, distance: string) =>
      `Checked in at ${at}, ${late ? "late" : "on time"}${distance}.`,
    metres: (m: number) => `, ${m} m from the reporting place`,
    claimed: (at: string) => `Your arrival at ${at} is noted; the street has yet to confirm it.`,
    reported: "Yihu has it and is registering it.",
    patrol: "The patrol is logged.",
  },
);

/** What came of a press that the server took. */
export function outcomeWords(press: KeptPress, answer: unknown): string {
  switch (press.kind) {
    case "event": {
      const { no, status } = answer as Event;
      return words().event(no, eventStatus(status));
    }
    case "call": {
      const { no, status } = answer as Call;
      return words().event(no, callStatus(status));
    }
    case "checkIn":
      return arrivalWords(press, answer as Call);
    case "report":
      return words().reported;
    case "patrol":
      return words().patrol;
  }
}

function arrivalWords({ at }: KeptPress, call: Call): string {
  const told = Date.parse(at);
  const own = call.responses.filter(({ releasedAt }) => releasedAt === null);
  const near = own.flatMap(({ checkIn, claim }) => {
    const arrival = checkIn ?? claim;
    return arrival === null ? [] : [{ arrival, counts: checkIn !== null }];
  });
  const [mine] = near.sort((a, b) => away(a.arrival.at) - away(b.arrival.at));
  if (mine === undefined) return words().event(call.no, callStatus(call.status));
  const { arrival, counts } = mine;
  if (!counts) return words().claimed(when(arrival.at, told));
  const distance = arrival.distanceM === null ? "" : words().metres(arrival.distanceM);
  return words().arrived(when(arrival.at, told), arrival.late, distance);

  function away(iso: string): number {
    return Math.abs(Date.parse(iso) - told);
  }
}
