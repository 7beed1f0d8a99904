import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import type { Attachment } from "../../../services/domain/incoming.ts";
import { AttachmentError } from "../attachment-error.ts";
import type { FetchedAttachment } from "../channel.ts";
import { download, unavailable } from "../common/download.ts";
import { field } from "../common/post-json.ts";
import type { OpenApi } from "./open-api.ts";
import type { Timings } from "./timings.ts";
import type { TrustUrl } from "./trusted-urls.ts";

export interface FetchAttachmentOptions {
  config: DingTalkConfig;
  openApi: OpenApi;
  fetch: typeof fetch;
  trustUrl: TrustUrl;
  timings: Timings;
}

/**
 * Exchanges the download code for an address that lives shortly, and fetches it at once.
 *
 * @throws AttachmentError
 */
export async function fetchAttachment(
  attachment: Attachment,
  options: FetchAttachmentOptions,
): Promise<FetchedAttachment> {
  const verdict = await options.openApi.call(
    "/v1.0/robot/messageFiles/download",
    { downloadCode: attachment.ref, robotCode: options.config.robotCode },
    { key: attachment.ref, urgent: false },
  );
  if (verdict.outcome === "rejected") {
    throw new AttachmentError(
      "gone",
      `DingTalk does not give the file: ${verdict.reason}. Ask for it again.`,
    );
  }
  if (verdict.outcome !== "ok") {
    throw unavailable(
      verdict.reason,
      verdict.outcome === "limited" ? { retryAt: verdict.retryAt } : {},
    );
  }
  const { bytes } = await download(field(verdict.body, "downloadUrl") ?? "", {
    fetch: options.fetch,
    trust: (address) => options.trustUrl(address, "web"),
    platform: "DingTalk",
    within: options.timings.downloadWithin,
  });
  return { bytes, fileName: attachment.fileName };
}
