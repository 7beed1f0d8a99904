import type { Command } from "../../../services/domain/understanding.ts";
import { command } from "./verb.ts";

/** 「绑定 K7QM4PXD」 */
const BIND = /^绑定(?:码|账号)?([a-z0-9]{8})$/i;

/** Whole messages that anybody may say and that need no number. */
const PLAIN: readonly [RegExp, string][] = [
  [/^(?:帮助|help|使用说明|使用帮助|怎么用|菜单|功能|你能做什么|你会什么)$/i, "help"],
  [/^(?:请问)?(?:怎么|怎样|如何)(?:发起|使用|用|写)?街呼区应$/, "help"],
  [
    /^(?:查看?|看看?|列出)?(?:一下)?(?:我的|我有(?:哪些|什么))?(?:待办|代办|待办事项|待办件|todo)(?:列表)?$/i,
    "todo",
  ],
  [/^(?:我要|我想|请求?|怎么)?(?:登录|登陆|login)(?:一下|系统|驾驶舱|后台|平台|链接)?$/i, "login"],
  [/^(?:我的)?绑定码$/, "accountCode"],
  [BIND, "bindAccount"],
  [/^(?:查看?|看看?|列出|生成|导出)?(?:本?年度?)?三定(?:清单|建议|建议清单)$/, "mandateList"],
  [/^(?:查询?|流程)$/, "status"],
];

/** With any amount of politeness and full stops around it. */
const LONGEST = 60;

/** The command that the whole message is, whoever says it; null for everything else. */
export function plainCommand(text: string, numbers: readonly string[]): Command | null {
  if (text.length > LONGEST) return null;
  const words = text.replace(/[\s,.;:!?。、；，：！？]+/g, "");
  for (const [pattern, action] of PLAIN) {
    if (pattern.test(words)) {
      const named = words === "流程" ? "history" : action;
      const rest = BIND.exec(words)?.[1]?.toUpperCase() ?? "";
      return command({ said: words, numbers, rest }, named)[0] ?? null;
    }
  }
  return null;
}
