import type { EmergencyKind } from "../../services/domain/understanding.ts";

/** What saves lives comes first, in one breath: the number to ring, then what to do. */
const GUIDES: Record<EmergencyKind, string> = {
  fire: "请立即拨打 119!弯腰捂住口鼻走楼梯撤离,不要乘电梯,不要回去拿东西。",
  medical: "请立即拨打 120!说清地点和病情,不要随意搬动病人,派人到路口接救护车。",
  crime: "请在安全的地方拨打 110!不方便说话可发短信到 12110。先保护好自己。",
  traffic: "有人受伤请先拨 120,再拨 122 报警。打开双闪,人撤到路边安全处,在后方放警示物。",
  gasLeak: "不要开关电器、不要点火、不要在屋里打电话!开窗后撤到室外,再拨 119 和燃气公司抢修电话。",
  elevatorTrap: "请按轿厢内警铃,或拨打 119!不要扒门、不要蹦跳,等待救援;有人不舒服请拨 120。",
  drowning: "请立即拨打 119 和 110!不要盲目下水,把竹竿、绳子或救生圈抛给落水的人。",
  suicide:
    "请立即拨打 110 和 119!有人在身边就陪住他,轻声说话,别刺激、别离开。也可拨心理援助热线 12356。",
  collapse: "请立即拨打 119,有人受伤再拨 120!撤到空旷处,不要返回,提醒旁人别靠近。",
};

export const emergencyGuide = (kind: EmergencyKind): string => GUIDES[kind];

export const emergencyRegistered = (no: string): string =>
  `已同时通知指挥室值守人员,登记为 ${no}。等您安全了,再补充地点和情况就行。`;

/** Others rang the same alarm already. */
export const emergencyKnown = (no: string): string =>
  `这件已登记为 ${no},您说的已转给指挥室值守人员。等您安全了,再补充地点和情况就行。`;

export const emergencyRegisteredInPrivate = (no: string): string =>
  `已通知值守人员私下联系您,登记为 ${no},不会在群里出现。您先保证安全。`;
