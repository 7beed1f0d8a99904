import { z } from "zod";
import type { TencentApi } from "../channels/tencent/api.ts";
import { answered, type CodeMaker, NoCode } from "./code-maker.ts";

/** Of `scene_param`, as it stands in the address. */
const LONGEST_PARAM = 128;
const SCENE = "yihu";

const Accounts = z.object({
  account_list: z
    .array(z.object({ open_kfid: z.string(), name: z.string().default("") }))
    .default([]),
});
const Way = z.object({ url: z.url() });

/**
 * Codes of 微信客服: one link of the account, to which each grid adds its own parameter. The link is asked
 * for once a run, and costs none of anything that is limited.
 *
 * @param account - open_kfid; null: the only one there is
 */
export function kfCodes(api: Pick<TencentApi, "call">, account: string | null): CodeMaker {
  let way: Promise<string> | null = null;
  return async (gridCode) => {
    const param = encodeURIComponent(`grid:${gridCode}`);
    if (param.length > LONGEST_PARAM)
      throw new NoCode(
        `${gridCode}: too long for the link of 微信客服 (${param.length} of ${LONGEST_PARAM} characters). Give the grid a shorter code.`,
      );
    way ??= contactWay(api, account);
    const url = new URL(await way);
    // By hand: the platform wants it encoded once, as encodeURIComponent does.
    return `${url.href}${url.search === "" ? "?" : "&"}scene_param=${param}`;
  };
}

async function contactWay(api: Pick<TencentApi, "call">, account: string | null): Promise<string> {
  const open_kfid = account ?? (await onlyAccount(api));
  const body = answered(
    await api.call("/cgi-bin/kf/add_contact_way", { open_kfid, scene: SCENE }),
    "微信客服",
  );
  const made = Way.safeParse(body);
  if (!made.success)
    throw new NoCode("微信客服: the platform answered without a link. Run the command again.");
  return made.data.url;
}

async function onlyAccount(api: Pick<TencentApi, "call">): Promise<string> {
  const body = answered(
    await api.call("/cgi-bin/kf/account/list", { offset: 0, limit: 100 }),
    "微信客服",
  );
  const { account_list: accounts } = Accounts.parse(body);
  const [only, ...others] = accounts;
  if (only !== undefined && others.length === 0) return only.open_kfid;
  const listed = accounts.map(({ open_kfid, name }) => `${open_kfid} (${name})`).join(", ");
  throw new NoCode(
    only === undefined
      ? "微信客服: there is no account yet. Make one at work.weixin.qq.com (微信客服 → 客服账号)."
      : `微信客服: there are several accounts: ${listed}. Say which: --kf-account ID.`,
  );
}
