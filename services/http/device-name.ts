const SYSTEMS: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/i, "鸿蒙"],
  [/Android/i, "安卓"],
  [/iPhone|iPad/i, "苹果手机"],
  [/Windows/i, "Windows"],
  [/Mac OS X/i, "Mac"],
  [/Linux/i, "Linux"],
];
const BROWSERS: readonly [RegExp, string][] = [
  [/DingTalk/i, "钉钉"],
  [/Edg\//i, "Edge"],
  [/Firefox\//i, "Firefox"],
  [/Chrome\//i, "Chrome"],
  [/Safari\//i, "Safari"],
];

/** How people know a device of theirs again, from what its browser says: 「Windows · Chrome」. */
export function deviceName(userAgent: string): string {
  const named = (list: readonly [RegExp, string][]) =>
    list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const parts = [named(SYSTEMS), named(BROWSERS)].filter((part) => part !== undefined);
  return parts.length === 0 ? "未知设备" : parts.join(" · ");
}
