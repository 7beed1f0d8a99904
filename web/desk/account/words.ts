import { wordsIn } from "../../look/language.ts";

export const words = wordsIn(
  {
    devices: "登录中的设备",
    thisOne: "本机",
    times: (from: string, until: string) => `${from} 登录,到 ${until} 为止`,
    ended: (device: string) => `${device} 已退出登录。`,
  },
  {
    devices: "Signed-in devices",
    thisOne: "this one",
    times: (from: string, until: string) => `signed in ${from}, until ${until}`,
    ended: (device: string) => `${device} is signed out.`,
  },
);
