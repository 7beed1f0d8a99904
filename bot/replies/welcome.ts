/** Said when the bot comes into a residents' group: what it is for, and what is kept (PIPL article 17). */
export const welcomeResidents = (grid: string | null, privacy: string): string =>
  [
    `大家好,我是一呼${grid === null ? "" : `,为${grid}服务`}。身边有什么事@我说一声:哪里、什么情况,可以带照片;办得怎么样,我来告诉您。`,
    "群里我只看得到@我的消息。着火、有人受伤等紧急情况,请先拨打 119、120、110。涉及个人的事请私聊我。说「帮助」看用法。",
    privacy,
  ].join("\n");

export const welcomeOfficials = (group: string): string =>
  `大家好,我是一呼,已进入「${group}」。要办的事会发在这里;@我说「帮助」看可以怎么说,说「我的待办」看自己的。`;
