/** The four platforms of a street (四平台), in the order of seed 003. */
export const PLATFORMS = [
  "safetyGovernance",
  "marketSupervision",
  "lawEnforcement",
  "publicService",
] as const;
export type Platform = (typeof PLATFORMS)[number];

/**
 * The names people use. `fourPlatforms` is the naming of 2017–2021; `zj141` is that of Zhejiang's
 * 「141」 system, where the platforms became working lines. Which one is shown is a setting.
 */
export const PLATFORM_NAMES = {
  fourPlatforms: {
    safetyGovernance: "综治工作",
    marketSupervision: "市场监管",
    lawEnforcement: "综合执法",
    publicService: "便民服务",
  },
  zj141: {
    safetyGovernance: "平安法治",
    marketSupervision: "经济生态",
    lawEnforcement: "综合执法",
    publicService: "公共服务",
  },
} as const satisfies Record<string, Record<Platform, string>>;
export type PlatformNaming = keyof typeof PLATFORM_NAMES;

/** Finds the platform that a phrase names (「转综合执法平台」), in any naming; null when none does. */
export function platformNamed(phrase: string): Platform | null {
  for (const naming of Object.values(PLATFORM_NAMES)) {
    for (const platform of PLATFORMS) {
      if (phrase.includes(naming[platform])) return platform;
    }
  }
  return /综治/.test(phrase)
    ? "safetyGovernance"
    : /市监/.test(phrase)
      ? "marketSupervision"
      : null;
}
