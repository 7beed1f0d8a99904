export const accountCode = (code: string, minutes: number): string =>
  `绑定码(${minutes}分钟内有效,只能用一次,请勿转发):${code}\n请用要绑定的企业微信或微信账号,私聊一呼发「绑定 ${code}」。`;

export const accountBound = (name: string): string =>
  `已绑定为${name}。以后在这里也可以办理工作,说「帮助」看能做什么。不是本人请告诉管理员。`;

export const badAccountCode =
  "绑定码不对、用过了或过期了。请在已经绑定的账号上发「绑定码」取一个新的,或请管理员发一个。";

export const bindElsewhere =
  "绑定请在要绑定的企业微信或微信账号里,私聊一呼发「绑定 绑定码」。钉钉账号由管理员在人员表里登记。";
