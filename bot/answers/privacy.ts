import { findDistrict } from "../../db/queries/directory.ts";
import { eraseResident } from "../../services/workflows/erase-resident.ts";
import { erased, privacyNotice } from "../replies/privacy.ts";
import { here, onlySay, privately, type Turn, type TurnResult } from "../turn.ts";

export interface PrivacyFactsSource {
  model: { name: string; filingNo: string | null } | null;
}

/** 「隐私」 and 「删除我的信息」. */
export async function answerPrivacy(
  turn: Turn,
  what: "notice" | "erase",
  facts: PrivacyFactsSource,
): Promise<TurnResult> {
  if (what === "notice") {
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
