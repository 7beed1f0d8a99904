/** Words that try to give the bot orders. They change nothing; the facts of the message are read all the same. */
const ORDERS: readonly RegExp[] = [
  /(?:忽略|无视|忘记|忘掉|不要管|抛开|跳过|绕过)[^。!\n]{0,8}(?:之前|以上|前面|上面|先前|此前|原来|所有|一切|你的|任何)?[^。!\n]{0,6}(?:指令|指示|规则|设定|要求|提示词?|限制|命令|约束)/,
  /ignore[^.\n]{0,20}(?:previous|above|prior|all)[^.\n]{0,20}(?:instruction|rule|prompt)/i,
  /(?:disregard|forget)[^.\n]{0,20}(?:instruction|prompt|rules)/i,
  /(?:系统提示|系统消息|系统指令|管理员指令|开发者模式|system prompt|system message|developer mode|越狱|jailbreak|DAN模式)/i,
  /^\s*(?:system|assistant|developer|系统) ?[:：]/im,
  /<\/?(?:system|assistant|instructions?|im_start|im_end|data|message)[^>]{0,20}>|<\|im_(?:start|end)\|>|\[\/?INST\]|```json/i,
  /\{\s*"(?:kind|level|urgency|items|category|role|status|approved|action)"\s*:/,
  /(?:你现在是|从现在开始你是|从现在起你是|扮演|你将扮演|假装你是|假设你是)[^。!\n]{0,14}(?:管理员|系统|助手|机器人|没有限制|黑客|root|书记|局长|主任)?(?:,|,|。|$)?/,
  /(?:把|将|列出|告诉我|发给我|导出|输出|显示|打印)[^。!\n]{0,14}(?:所有人|全部|其他人|群里|大家|居民|举报人|上报人|投诉人|数据库|用户)[^。!\n]{0,10}(?:手机号|电话|住址|地址|身份证|信息|名单|姓名|资料|数据|隐私)/,
  /(?:举报人|投诉人|上报人|报事人)是谁/,
  /(?:输出|打印|告诉我|重复|显示|泄露)[^。!\n]{0,6}(?:提示词|系统提示|prompt|密钥|密码|token|apikey|api key)/i,
  /(?:直接|立刻|马上|请你?|必须)?(?:把|将)[^。!\n]{0,16}(?:状态|级别|等级|优先级|紧急程度)[^。!\n]{0,6}(?:改为|改成|设为|设置为|标记为|提升|调为)/,
  /我(?:是|就是)[^,。!\n]{0,8}(?:管理员|开发者|开发人员|超级管理员|系统管理员|书记|区长|市长|局长|镇长|主任|街道办|领导)[^。!\n]{0,20}(?:给我|授权|命令你|要求你|批准|签批|立即|马上|开放权限|执行)/,
];

/** Somebody claims to be an official to be obeyed: noticed, never believed. */
export function findInjection(text: string): boolean {
  const searched = text.slice(0, 2000);
  return ORDERS.some((order) => order.test(searched));
}

/** The message without the sentences that give orders, to see whether any fact is left. */
export function withoutOrders(text: string): string {
  return text
    .split(/(?<=[。!?;,\s>])|(?=<)/)
    .filter((sentence) => !ORDERS.some((order) => order.test(sentence)))
    .join("");
}
