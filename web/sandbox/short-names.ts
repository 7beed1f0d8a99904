/** How people shorten the name of a station: 柳岸街道环卫所 → 环卫所; other names stay whole. */
export const lastPart = (orgName: string): string => {
  const short = orgName.replace(/^.{1,8}?(?:街道|(?<!城)[镇乡])(?=.{2,})/, "");
  return short === "办事处" ? orgName : short;
};
