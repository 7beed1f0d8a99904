export const strangeGroup = (conversationId: string): string =>
  `本群还没有登记到网格,我暂时不能受理这里的事。请管理员把会话编号 ${conversationId} 登记到群组表。紧急情况请直接拨打 110、119、120、122。`;

export const helpForResidents = [
  "我是一呼,您身边的事直接跟我说就行,例如:",
  "· 3幢楼下垃圾桶满了(可以带照片)",
  "· 说错了是5幢 / 我家也没水",
  "· 上礼拜报的路灯咋样了",
  "· 修好了 五星 / 根本没修",
  "· 算了不用了 / 隐私 / 我的信息 / 删除我的信息",
  "紧急情况请先拨打 110、119、120、122。",
].join("\n");

export const helpForOfficials = (lines: readonly string[]): string =>
  [
    "您可以这样说(编号换成实际的):",
    ...lines.map((line) => `· ${line}`),
    "· 我的待办 / 查 编号 / 流程 编号 / 登录 / 绑定码",
  ].join("\n");

export const firstGreeting =
  "您好,我是一呼。身边有什么事直接告诉我:哪里、什么情况,可以带照片。说「帮助」看更多用法。";

/** Said to whoever opens the chat, follows the account or scans the code of a grid. */
export const welcome = (gridName: string | null): string =>
  gridName === null
    ? `${firstGreeting}怎么处理个人信息,说「隐私」就能看到。`
    : `您好,我是一呼,${gridName}的事直接告诉我:什么情况、几幢几单元,可以带照片。没说地方的,我就按${gridName}登记。说「帮助」看更多用法,说「隐私」看怎么处理个人信息。`;

/** Said in a group where the answer itself is not for everybody; it gives nothing away. */
export const saidInPrivate = "请看我发给您的私聊。";

export const unsupported = (what: string): string =>
  `收到,不过我还看不懂${what}。请打几个字说说哪里、什么情况。`;

export const rumor =
  "请以官方发布为准,不信谣、不传谣。可看区政府网站和「区发布」公众号,已请指挥室核实。";

export const injection = "不能提供个人信息,也不能按这样的要求操作。要报事请直接说哪里、什么情况。";

/** A question that no item of the district answers; nothing is made up. */
export const consultation = (category: string, service: string): string =>
  `「${category}」的办理要求以窗口答复为准,请到${service}咨询或拨打 12345。需要工作人员联系您,请回复「转人工」。`;

export const fraudWarning =
  "这很像诈骗!不要转账、不要给验证码、不要点链接。可拨 96110 咨询;已经转账请立即拨打 110。";

export const patrolLogged = (counts: Readonly<Record<string, number>>): string => {
  const parts = Object.entries(counts).map(([what, count]) => `${what}${count}`);
  return parts.length === 0 ? "已登记巡查。" : `已登记巡查:${parts.join("、")}。`;
};

export const dutyChangeForwarded = "已转网格长确认,确认前仍由您值守。";

export const wishForwarded = (no: string): string =>
  `微心愿已提交社区审核,编号 ${no}。公示时会隐去姓名,请先征得受益人同意。`;

export const ratedThanks = (no: string, score: number): string =>
  `谢谢您的评价(${score}星),已记到 ${no}。`;

export const reopenedForYou = (no: string): string =>
  `对不起,没有办好。${no} 已退回重新办理,并通知了指挥室,有结果再告诉您。`;

export const passedToCommandRoom = (no: string): string =>
  `${no} 已经重办过一次,这次已请指挥室直接处理,工作人员会联系您。`;

export const withdrawn = (no: string): string => `${no} 已撤回。以后有事随时说。`;

/** Neighbours joined the report: it goes on for them. */
export const left = (no: string): string => `好的,${no} 不再通知您。邻居们还在等,这件会继续办。`;

export const withdrawalAsked = (no: string): string =>
  `${no} 已经派人处理了,撤回要指挥室确认,已替您转告。`;

export const failedForNow =
  "这条消息我没处理好,已转人工查看。着急的话请直接联系网格员,紧急情况拨打 110、119、120、122。";

export const heldBackForNow =
  "您这一分钟发来的消息比较多,我都收到了,会按先后慢慢处理,一条不丢,不用重发。可以把几件事合在一条里说;有危险请直接说明,并拨打 110、119、120。";

export const accessToken = (
  token: string,
  hours: number,
  url: string,
  link: { url: string; minutes: number },
): string =>
  `点开进入受理台(${link.minutes}分钟内有效,只能用一次,请勿转发):\n${link.url}\n\n您的访问令牌(${hours}小时内有效,只给您本人用,请勿转发):\n${token}\n用法见 ${url}/api/docs。`;
