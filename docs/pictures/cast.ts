export interface Street {
  code: string;
  dispatcher: string;
  /** the group in which its people work */
  work: string;
}

export const STREETS: readonly [Street, Street] = [
  { code: "SLQ-WC", dispatcher: "wangchao-dispatcher-1", work: "wangchao-work" },
  { code: "SLQ-LA", dispatcher: "liuan-dispatcher-1", work: "liuan-work" },
];

/** Who answers for an organisation of the sample district. */
const HANDLERS: Readonly<Record<string, string>> = {
  "SLQ-WC-HWS": "wangchao-huanwei-1",
  "SLQ-WC-ZFZD": "wangchao-zhifa-1",
  "SLQ-WC-SJS": "wangchao-shijian-1",
  "SLQ-WC-PCS": "wangchao-paichusuo-1",
  "SLQ-LA-HWS": "liuan-huanwei-1",
  "SLQ-LA-ZFZD": "liuan-zhifa-1",
  "SLQ-LA-SJS": "liuan-shijian-1",
  "SLQ-LA-PCS": "liuan-paichusuo-1",
  "SLQ-ZF": "zhifa-responder",
  "SLQ-ZJ": "zhujian-responder",
  "SLQ-SW": "shuiwu-responder",
  "SLQ-HJ": "huanbao-responder",
};
const COMMUNITIES: Readonly<Record<string, string>> = {
  NT: "nantang",
  JX: "jinxiu",
  HB: "hebin",
  LA: "liuan",
  QP: "quanpan",
  QT: "qiaotou",
};

export const handlerOf = (orgCode: string | null): string | null => HANDLERS[orgCode ?? ""] ?? null;

/** The worker of a grid: `SLQ-WC-NT-1` is looked after by `nantang1-worker`. */
export function workerOf(gridCode: string | null): string | null {
  const [, , community = "", number = ""] = (gridCode ?? "").split("-");
  const name = COMMUNITIES[community];
  return name === undefined ? null : `${name}${number}-worker`;
}
