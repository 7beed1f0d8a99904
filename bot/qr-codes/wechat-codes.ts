import { z } from "zod";
import type { TencentApi } from "../channels/tencent/api.ts";
import { answered, type CodeMaker, NoCode } from "./code-maker.ts";

/** The platform keeps so many permanent codes of an account, for good: none can be given back. */
export const MOST_PERMANENT_CODES = 100_000;
const LONGEST_SCENE = 64;

const Made = z.object({ ticket: z.string(), url: z.url() });

/** Permanent codes of a 公众号, one for each grid. */
export const wechatCodes =
  (api: Pick<TencentApi, "call">): CodeMaker =>
  async (gridCode) => {
    const scene = `grid:${gridCode}`;
    if (scene.length > LONGEST_SCENE)
      throw new NoCode(
        `${gridCode}: a scene has at most ${LONGEST_SCENE} characters, and "${scene}" has ${scene.length}. Give the grid a shorter code.`,
      );
    const body = answered(
      await api.call("/cgi-bin/qrcode/create", {
        action_name: "QR_LIMIT_STR_SCENE",
        action_info: { scene: { scene_str: scene } },
      }),
      gridCode,
    );
    const made = Made.safeParse(body);
    if (!made.success)
      throw new NoCode(`${gridCode}: the platform answered without a code. Run the command again.`);
    return made.data.url;
  };
