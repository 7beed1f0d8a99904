import { findDistrict } from "../db/queries/directory.ts";
import { type InboxRow, markHandled } from "../db/queries/inbox.ts";
import { insertOutbox } from "../db/queries/outbox.ts";
import { notePrivacy } from "../db/queries/privacy-records.ts";
import { PRIVACY_VERSION } from "../services/domain/privacy-record.ts";
import type { BotDeps } from "./bot.ts";
import { HandledElsewhere } from "./handled-elsewhere.ts";
import { addressOfSpeaker } from "./queue-answers.ts";
import { strangeGroup } from "./replies/general.ts";
import { privacyNotice } from "./replies/privacy.ts";
import { welcomeOfficials, welcomeResidents } from "./replies/welcome.ts";
import { type Setting, settingOf } from "./setting.ts";

/** The first words in a group the bot was put into; residents are told what is kept of theirs. */
export async function greet(deps: BotDeps, { id, message }: InboxRow): Promise<void> {
  const { database, office } = deps;
  const setting = await settingOf(database, message);
  const district = (await findDistrict(database))?.name ?? "本区";
  const text = wordsFor(setting, () =>
    privacyNotice({ district, model: deps.privacy.model, url: deps.publicUrl }),
  );
  const to = addressOfSpeaker(office, message, "here");
  const at = office.clock.now();
  await database.transaction(async (tx) => {
    if (to !== null && text !== null)
      await insertOutbox(tx, [
        {
          key: `answer:${id}:0`,
          to,
          priority: "direct",
          body: { kind: "text", params: { text } },
          createdAt: at,
        },
      ]);
    if (to !== null && setting.type !== "private" && setting.type !== "strangeGroup")
      if (setting.group.kind === "resident")
        await notePrivacy(tx, {
          at,
          kind: "noticeShown",
          version: PRIVACY_VERSION,
          occasion: "groupWelcome",
          channel: message.channel,
          platformUserId: null,
          conversationId: message.conversation.id,
        });
    const handled = { kind: "joined", reading: null, keepWords: false };
    if (!(await markHandled(tx, id, at, handled))) throw new HandledElsewhere(id);
  });
}

function wordsFor(setting: Setting, privacy: () => string): string | null {
  if (setting.type === "private") return null;
  if (setting.type === "strangeGroup") return strangeGroup(setting.conversationId);
  return setting.group.kind === "resident"
    ? welcomeResidents(setting.grid?.name ?? null, privacy())
    : welcomeOfficials(setting.group.name);
}
