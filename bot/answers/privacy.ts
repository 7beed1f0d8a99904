import { findDistrict } from "../../db/queries/directory.ts";
import { notePrivacy } from "../../db/queries/privacy-records.ts";
import { PRIVACY_VERSION } from "../../services/domain/privacy-record.ts";
import { eraseResident } from "../../services/workflows/erase-resident.ts";
import { exportSubject } from "../../services/workflows/export-subject.ts";
import { myInformation } from "../replies/my-information.ts";
import { erased, privacyNotice } from "../replies/privacy.ts";
import { here, onlySay, privately, type Turn, type TurnResult } from "../turn.ts";

export interface PrivacyFactsSource {
  model: { name: string; filingNo: string | null } | null;
}

/** 「隐私」, 「导出我的信息」 and 「删除我的信息」. */
export async function answerPrivacy(
  turn: Turn,
  what: "notice" | "erase" | "export",
  facts: PrivacyFactsSource,
): Promise<TurnResult> {
  const account = {
    channel: turn.message.channel,
    platformUserId: turn.message.sender.platformUserId,
  };
  if (what === "export") {
    const data = await exportSubject(turn.tx, turn.office, account, turn.speaker, 50);
    return onlySay(privately(myInformation(data)));
  }
  if (what === "notice") {
    const inGroup = turn.message.conversation.type === "group";
    await notePrivacy(turn.tx, {
      ...account,
      at: turn.office.clock.now(),
      kind: "noticeShown",
      version: PRIVACY_VERSION,
      occasion: "asked",
      conversationId: inGroup ? turn.message.conversation.id : null,
    });
    const district = await findDistrict(turn.tx);
    return onlySay(
      here(
        privacyNotice({
          district: district?.name ?? "本区",
          model: facts.model,
          url: turn.publicUrl,
        }),
      ),
    );
  }
  const { kept } = await eraseResident(turn.tx, turn.office, turn.speaker, turn.messageId);
  return { ...onlySay({ ...privately(erased(kept)), forgetReceiver: true }), dialog: null };
}
