import type { Database } from "../db/client.ts";
import {
  type AttachmentRow,
  claimAttachment,
  pendingAttachments,
  settleAttachment,
} from "../db/queries/attachments.ts";
import { attachmentStore } from "../services/attachment-store.ts";
import { API_CHANNEL } from "../services/domain/api-sender.ts";
import type { Log } from "../services/log.ts";
import { AttachmentError } from "./channels/attachment-error.ts";
import { attachmentType } from "./channels/attachment-type.ts";
import type { Channel } from "./channels/channel.ts";

const LEASE_MS = 120_000;
const MOST_ATTEMPTS = 6;
const DISK_FULL_MS = 15_000;

/**
 * Fetches what messages carried, while the platform still has it, and keeps it under
 * `DATA_DIR/attachments`, named by its SHA-256. Its type is taken from its bytes, not from its name.
 *
 * @returns how many were settled
 */
export async function keepAttachments(
  database: Database,
  channels: ReadonlyMap<string, Channel>,
  dataDir: string,
  log: Log,
): Promise<number> {
  const sources = new Map<string, Fetching>([
    [API_CHANNEL, keptByApi(dataDir)],
    ...[...channels.values()].filter(canFetch).map((one) => [one.name, one] as const),
  ]);
  const now = new Date();
  const rows = await pendingAttachments(database, [...sources.keys()], now, 8);
  const settled = await Promise.all(
    rows.map(async (row) => {
      const channel = sources.get(row.channel);
      if (channel === undefined) return 0;
      if (!(await claimAttachment(database, row.id, now, new Date(now.getTime() + LEASE_MS))))
        return 0;
      return keepOne(database, channel, row, dataDir, log);
    }),
  );
  return settled.reduce<number>((sum, one) => sum + one, 0);
}

/** Where attachments come from. */
type Fetching = { fetchAttachment: NonNullable<Channel["fetchAttachment"]> };

const canFetch = (channel: Channel): channel is Channel & Fetching =>
  channel.fetchAttachment !== undefined;

/** What the API was handed lies where everything is kept already. */
const keptByApi = (dataDir: string): Fetching => ({
  async fetchAttachment({ ref, fileName }) {
    const bytes = await attachmentStore(dataDir).read(ref);
    if (bytes === null) {
      throw new AttachmentError("gone", "It was never handed to POST /api/report-photos.");
    }
    return { bytes, fileName };
  },
});

async function keepOne(
  database: Database,
  channel: Fetching,
  row: AttachmentRow,
  dataDir: string,
  log: Log,
): Promise<number> {
  try {
    const fetched = await channel.fetchAttachment({
      kind: row.kind,
      ref: row.ref,
      fileName: row.fileName,
      transcript: row.transcript,
    });
    const checked = await attachmentType(fetched.bytes, row.kind, fetched.fileName);
    if (!checked.ok) {
      await settleAttachment(database, row.id, {
        state: "refused",
        problem: checked.reason,
        bytes: fetched.bytes.length,
      });
      return 1;
    }
    const { path, sha256 } = await attachmentStore(dataDir).keep(fetched.bytes, checked.extension);
    await settleAttachment(database, row.id, {
      state: "stored",
      path,
      mime: checked.mime,
      bytes: fetched.bytes.length,
      sha256,
    });
    return 1;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (isDiskFull(error)) {
      log.error({ attachmentId: row.id, problem }, "attachments wait: make room below DATA_DIR");
      const nextTryAt = new Date(Date.now() + DISK_FULL_MS);
      // Nobody's fault but ours: it is not given up for that.
      await settleAttachment(database, row.id, { problem, nextTryAt, attempts: row.attempts });
      return 0;
    }
    const attempts = row.attempts + 1;
    log.warn({ attachmentId: row.id, attempts, problem }, "an attachment could not be kept");
    const known = error instanceof AttachmentError ? error : null;
    const givenUp = known?.permanent === true || attempts >= MOST_ATTEMPTS;
    const nextTryAt = known?.retryAt ?? new Date(Date.now() + 2 ** attempts * 1000);
    await settleAttachment(
      database,
      row.id,
      givenUp ? { state: "failed", problem } : { problem, nextTryAt },
    );
    return 0;
  }
}

const isDiskFull = (error: unknown): boolean =>
  ["ENOSPC", "EDQUOT"].includes(String((error as NodeJS.ErrnoException | null)?.code));
