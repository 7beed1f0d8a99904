import type { UpwardMailConfig } from "../config.ts";
import type { UpwardRoad } from "../domain/upward.ts";
import { exportGateway } from "./export-gateway.ts";
import type { UpwardLetter } from "./letter.ts";
import { mailGateway } from "./mail-gateway.ts";

/** A road to the district's 12345 platform. */
export interface UpwardGateway {
  road: UpwardRoad;
  /**
   * Sends a letter once; the same letter again is the same to whoever gets it.
   *
   * @returns by what it can be found there
   * @throws when it did not leave; trying again later may help
   */
  send(letter: UpwardLetter): Promise<{ receipt: string }>;
}

/** By mail where it is set up, else as files for somebody to upload. @param dataDir - DATA_DIR */
export const openUpwardGateway = (mail: UpwardMailConfig | null, dataDir: string): UpwardGateway =>
  mail === null ? exportGateway(dataDir) : mailGateway(mail);
