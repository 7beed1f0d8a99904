/** What PIPL article 17 asks to be told: who, what for, how, how long, which rights and how to use them. */
export interface PrivacyFacts {
  district: string;
  model: { name: string; filingNo: string | null } | null;
  url: string;
}

export function privacyNotice({ district, model, url }: PrivacyFacts): string {
  return [
    `【隐私说明】${district}基层治理用「一呼」登记和办理您反映的事。`,
    "· 收集:您说的内容、照片、账号标识;只用于办理、反馈和统计。闲聊等不是报事的消息不保存内容。",
    "· 群里的手机号、证件号会自动遮盖;谁报的不告诉被反映的人。",
    "· 保存:原始消息30天,办件按档案规定;都存在境内。",
    model === null
      ? "· 由规则识别,不使用大模型。"
      : `· 文字识别使用模型 ${model.name}${model.filingNo === null ? "" : `(备案号 ${model.filingNo})`},派单、结案都由工作人员决定。`,
    `· 您可以说「我的信息」「删除我的信息」「撤回」「更正」,15个工作日内答复。全文:${url}/privacy`,
  ].join("\n");
}

/** The short form that goes with the first answer in a private chat. */
export const privacyHint = (district: string): string =>
  `(隐私提示:${district}只为办理您反映的事使用您说的内容,手机号、证件号会遮盖。说「隐私」看详情,说「删除我的信息」可申请删除。)`;

export const erased = (kept: number): string =>
  kept === 0
    ? "已删除您的信息。以后再来报事,会重新登记。"
    : `已删除您的账号关联和聊天内容。还有 ${kept} 件正在办理,办结前需保留事项本身(不含您的身份),办结后按规定处理。`;
