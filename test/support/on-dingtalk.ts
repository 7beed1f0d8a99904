import { dingtalkDistrict } from "./dingtalk-district.ts";
import { type Gateway, type StartOptions, startGateway } from "./dingtalk-gateway/gateway.ts";
import {
  type ProductHome,
  productHome,
  type RunningProduct,
  runCommand,
  startProduct,
} from "./product.ts";

export interface OnDingTalk {
  gateway: Gateway;
  home: ProductHome;
  product: RunningProduct;
  close(): Promise<void>;
}

/**
 * The whole product in a process of its own, with the real DingTalk SDK and a simulated DingTalk, for
 * the district whose groups and people are bound there.
 *
 * @param env - settings besides those of database and DingTalk
 */
export async function openOnDingTalk(
  env: Record<string, string> = {},
  options: StartOptions = {},
): Promise<OnDingTalk> {
  const gateway = await startGateway(options);
  const home = await productHome();
  const imported = await runCommand(
    "db/registry/import-command.ts",
    [dingtalkDistrict()],
    home.env,
  );
  if (imported.code !== 0)
    throw new Error(`The district could not be imported:\n${imported.stderr}`);
  const product = await startProduct({ ...home.env, ...gateway.env(), ...env });
  return {
    gateway,
    home,
    product,
    async close() {
      await product.stop();
      await gateway.stop();
      await home.remove();
    },
  };
}
