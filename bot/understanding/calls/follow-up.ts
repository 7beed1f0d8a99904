import { normalise } from "../normalise.ts";

export interface FollowUpReading {
  /** null when the visit brought no answer */
  satisfied: boolean | null;
  note: string;
}

const DISSATISFIED =
  /不(?:太|够|是很|怎么)?满意|没(?:有)?(?:完全|彻底)?(?:解决|处理|整改|改善)|未(?:完全|彻底)?(?:解决|处理|整改|改善)|又(?:反弹|回潮|开始|来了)|仍然?(?:存在|扰民|没|不)|还是(?:老样子|没|不|有)|(?:很|非常)?失望|差评/;
const SATISFIED =
  /满意|已?(?:经)?(?:全部|基本|彻底)?解决|认可|没(?:有)?再(?:出现|犯|发生)|不再|好多了|点赞|感谢/;

/** Reads the note of 「回访 HJ… 群众反映已解决 满意」. */
export function readFollowUp(note: string): FollowUpReading {
  const text = normalise(note).text.replace(/^[\s:：,，]+/, "");
  return { satisfied: satisfaction(text), note: text };
}

function satisfaction(text: string): boolean | null {
  if (DISSATISFIED.test(text)) return false;
  return SATISFIED.test(text) ? true : null;
}
