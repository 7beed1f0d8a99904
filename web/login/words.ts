import type { Role } from "../../services/domain/actor.ts";
import { ROLE_EN } from "../look/english-names.ts";
import { wordsOf } from "../look/page-language.ts";

/** What the script of the page says. */
export const words = wordsOf(
  {
    documentTitle: "一呼 · 登录",
    title: "登录一呼",
    byLink: "点下面的按钮进入。这个链接只能用一次。",
    toDesk: "进入受理台",
    toPhone: "进入一呼",
    how: "请在钉钉里对一呼说「登录」,点它回复的链接进来。链接 10 分钟内有效,只给您本人用。",
    byDingTalk: "正在用钉钉登录…",
    dingtalkFailed: "钉钉没有给出授权码。请关掉页面重新打开,或对一呼说「登录」取得链接。",
    tokenSummary: "管理员:用令牌登录",
    token: "令牌",
    enter: "登录",
    sandbox: "沙盒:选一个身份进入",
    find: "姓名、角色或单位",
    example: "例如 章若兰、指挥室",
    unreachable: "连不上一呼。请检查网络后再点一次。",
    failed: "没有登录成功。请在聊天中对一呼说「登录」,换一个新链接。",
    refused: ({ detail }: Refusal) => detail,
    roles: (_roles: readonly Role[], names: readonly string[]) => names.join("、"),
  },
  {
    documentTitle: "Yihu · Sign in",
    title: "Sign in to Yihu",
    byLink: "Press the button to come in. The link works once.",
    toDesk: "Open the desk",
    toPhone: "Open Yihu",
    how: "Say 「登录」 to Yihu in DingTalk and open the link it answers with. It is good for 10 minutes, and for you alone.",
    byDingTalk: "Signing in with DingTalk…",
    dingtalkFailed:
      "DingTalk gave no code. Close the page and open it again, or say 「登录」 to Yihu for a link.",
    tokenSummary: "Administrators: sign in with a token",
    token: "Token",
    enter: "Sign in",
    sandbox: "Sandbox: choose who you are",
    find: "Name, role or organisation",
    example: "such as 章若兰, command room",
    unreachable: "Yihu cannot be reached. Check the network and press again.",
    failed: "That did not work. Say 「登录」 to Yihu in the chat for another link.",
    refused: ({ title }: Refusal) => `${title}. Say 「登录」 to Yihu in the chat for another link.`,
    roles: (roles: readonly Role[]) => roles.map((role) => ROLE_EN[role]).join(", "),
  },
);

/** A problem as the API says it: the title in English, the detail in Chinese. */
export interface Refusal {
  title: string;
  detail: string;
}
