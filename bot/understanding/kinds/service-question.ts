import type { ServiceFinder } from "../../../services/domain/find-service.ts";
import { isQuestion } from "../../../services/domain/service-words.ts";

const WANTS =
  /(?:想|要|需要|打算|准备|来|去)(?:办|补|申请|申领|领|换|开)|(?:丢|掉|遗失|过期|到期|找不到|不见)/;
const COMPLAINS =
  /投诉|举报|态度|推诿|踢皮球|不给办|不让办|不肯|拒绝|办不(?:下来|了|成)|没人管|不管|被骗|还没|一直|几个月|冒领|收费/;

/** The message asks how to get what an item of the district is about, and complains of nothing. */
export const asksForService = (text: string, services: ServiceFinder): boolean =>
  services.items.length > 0 &&
  (isQuestion(text) || WANTS.test(text)) &&
  !COMPLAINS.test(text) &&
  services.find(text).fit === "sure";
