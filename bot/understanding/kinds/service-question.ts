import type { ServiceFinder } from "../../../services/domain/find-service.ts";

const ASKS =
  /怎么(?:样|办|申|补|换|领|弄|查|预约|登记|迁|落|注销|续|开)|如何(?:办|申|补|换|领|查|预约|登记|迁|落|注销)|(?:要|需要|带|准备)(?:些|点)?(?:啥|什么|哪些|那些)|(?:啥|什么|哪些|那些)(?:材料|资料|手续|证件|条件|证明)|(?:在|去|到)?(?:哪|什么地方|什么部门|几号窗口)(?:里|儿|个窗口|个部门)?(?:可以|能)?(?:补|办|开|领|换|交|申请|登记)|(?:能|可以|能不能|可不可以|可否)(?:补|办|领|换|申请|登记|代办)|要(?:办|审批|登记|申请)[^,。]{0,6}吗|条件|办理流程|多久能|什么时候(?:能|可以)(?:办|领|下来)/;
const COMPLAINS = /投诉|举报|态度|推诿|踢皮球|不给办|不让办|办不(?:下来|了|成)|没人管|被骗/;

/** The message asks how to get what an item of the district is about, and complains of nothing. */
export const asksForService = (text: string, services: ServiceFinder): boolean =>
  services.items.length > 0 &&
  ASKS.test(text) &&
  !COMPLAINS.test(text) &&
  services.find(text).fit === "sure";
