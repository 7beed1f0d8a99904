import type { Db } from "../../../db/client.ts";
import { noteGrid, noteHeard } from "../../../db/queries/contacts.ts";
import { readCursor, writeCursor } from "../../../db/queries/cursors.ts";
import { type Datum, fromGcj02 } from "../../../services/browser-position.ts";
import type { StoreIncoming } from "../channel.ts";
import type { TencentApi } from "../tencent/api.ts";
import { readKfMessage, SyncAnswer, WECHAT_KF } from "./kf-messages.ts";

export const CURSOR = "kf:";

export interface KfSyncOptions {
  database: Db;
  api: TencentApi;
  datum: Datum;
  /** real time */
  now(): Date;
}

/**
 * Fetches what one service account has got since the cursor and stores it; the cursor moves on only
 * behind what is stored, so that nothing is lost and a repeat is known by its id.
 *
 * @param token - of the callback: fetching without it is allowed rarely
 * @throws when something could not be fetched or stored
 */
export async function syncMessages(
  openKfId: string,
  token: string | null,
  store: StoreIncoming,
  { database, api, datum, now }: KfSyncOptions,
): Promise<void> {
  for (;;) {
    const cursor = await readCursor(database, `${CURSOR}${openKfId}`);
    const verdict = await api.call("/cgi-bin/kf/sync_msg", {
      open_kfid: openKfId,
      limit: 1_000,
      ...(cursor === null ? {} : { cursor }),
      ...(token === null ? {} : { token }),
    });
    if (verdict.outcome !== "ok")
      throw new Error(`微信客服 does not give its messages: ${verdict.reason}`);
    const { msg_list, next_cursor, has_more } = SyncAnswer.parse(verdict.body);
    for (const entry of msg_list) await storeOne(entry);
    if (next_cursor !== "") await writeCursor(database, `${CURSOR}${openKfId}`, next_cursor);
    if (has_more !== 1 || next_cursor === "") return;
  }

  async function storeOne(entry: unknown): Promise<void> {
    const call = readKfMessage(entry, openKfId, now());
    if (call === null) return;
    const { message } = call;
    const account = { channel: WECHAT_KF, platformUserId: message.sender.platformUserId };
    if (call.gridCode !== null) await noteGrid(database, account, call.gridCode);
    // Opening the chat does not open the window, writing does.
    const contact = message.arrived ? call : await noteHeard(database, account, message.sentAt);
    const { location } = message;
    await store({
      ...message,
      location: location === null ? null : fromGcj02(location, datum),
      ...(contact.gridCode === null ? {} : { gridCode: contact.gridCode }),
    });
  }
}
