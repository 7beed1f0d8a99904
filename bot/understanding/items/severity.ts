import type { EventLevel, Urgency } from "../../../services/domain/level.ts";
import type { KnownCategory } from "../directory.ts";

const DANGER =
  /危险|吓人|差点|险些|摔(?:到|倒|了|跤|伤)|扑(?:了|到|人|向|个|过)|咬(?:人|了|伤)|快(?:要)?(?:掉|倒|塌|断|砸)|要(?:掉|倒|塌|砸)(?:下)?|摇摇欲坠|砸到|触电|漏电|火星|着火|受伤|伤到|出人命|人命|安全隐患|重大|晕|中毒|伤人|出血|无法通行|随时|塌|爆炸|刻不容缓|十万火急/;
const FRAIL = /老人|老年人|小孩|孩子|小朋友|儿童|孕妇|残疾|病人|婴儿|幼儿|学生|奶奶|爷爷/;
const LASTING = /长期|一直|半年|一年|两年|多年|反复|多次|屡次|好几个月|几个月/;

/** 「老人家摔到怎么办」 asks, nobody has fallen. */
const ONLY_FEARED = /(?:怕|万一|要是|容易|可能|小心|以免|防止)[^\s,。!?]{0,8}/g;
const ASKED = /[^\s,。!?]{0,6}怎么办/g;

const withoutFears = (text: string): string => {
  const told = text.slice(0, 400).replace(ONLY_FEARED, "");
  return told.includes("怎么办") ? told.replace(ASKED, "") : told;
};

export interface Severity {
  level: EventLevel;
  urgency: Urgency;
}

/**
 * The catalog's level and urgency, raised one step by words of danger. A danger to the frail is urgent
 * at least; a trouble of many people or of long standing is never below the village's level.
 */
export function judgeSeverity(text: string, category: KnownCategory): Severity {
  const told = withoutFears(text);
  const danger = DANGER.test(told);
  let urgency = category.urgency;
  if (urgency === "normal" && danger && (FRAIL.test(told) || PHYSICAL.test(category.slug)))
    urgency = "urgent";
  const level = category.level === 1 && danger && LASTING.test(told) ? 2 : category.level;
  return { level, urgency };
}

const PHYSICAL =
  /^(?:animal|facility|build|ad\.outdoor|green\.tree|env\.(?:burning|sewage|air)|street\.(?:fireLane|occupy)|safety|housing\.delivery)/;
