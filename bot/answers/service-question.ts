import { insertOutbox } from "../../db/queries/outbox.ts";
import { buildServiceFinder } from "../../services/domain/find-service.ts";
import { maskPersonalData } from "../../services/domain/masking.ts";
import type { ServiceItem } from "../../services/domain/service-item.ts";
import { DAY_MS } from "../../services/domain/time.ts";
import type { ReportItem } from "../../services/domain/understanding.ts";
import { commandRoomAddresses } from "../../services/workflows/addresses.ts";
import type { DialogState } from "../dialogs/engine.ts";
import { categoryName, gridName } from "../district.ts";
import { consultation } from "../replies/general.ts";
import {
  personCalled,
  personCalledAlready,
  serviceItem,
  whichService,
} from "../replies/service-item.ts";
import { here, type Turn, type TurnResult } from "../turn.ts";
import { normalise } from "../understanding/normalise.ts";
import { DIALOG_EVENT } from "./open-question.ts";
import { groupGridOf } from "./report-parts.ts";

/** Under this key the kept dialog holds the question that was answered last. */
export const DIALOG_QUESTION = "question";

/** A question and what may still be said about it: which item is meant, or 「转人工」. */
export interface AskedQuestion {
  /** masked */
  words: string;
  at: string;
  /** codes of the items to choose from; empty when it was answered or handed to the window */
  codes: string[];
  /** the command room has been told that a person is wanted */
  handedOver: boolean;
}

/** Answers from the district's items, or hands over to the window; nothing is made up. */
export function answerQuestion(
  turn: Turn,
  item: ReportItem,
): { said: string; asked: AskedQuestion } {
  const words = item.asked ?? normalise(turn.message.text).text;
  const found = turn.district.services.find(words);
  const codes = found.fit === "several" ? found.items.map(({ code }) => code) : [];
  const asked = {
    words: maskPersonalData(words).slice(0, 100),
    at: turn.office.clock.now().toISOString(),
    codes,
    handedOver: false,
  };
  switch (found.fit) {
    case "sure":
      return { said: serviceItem(found.items[0]), asked };
    case "several":
      return { said: whichService(found.items.map(({ name }) => name)), asked };
    case "none":
      return {
        said: consultation(categoryName(turn.district, item.category), "街道便民服务中心"),
        asked,
      };
  }
}

/** 「2」, or the name: which of the items that were listed is meant. Null when it is about something else. */
export function answerWhichService(turn: Turn, dialog: DialogState): TurnResult | null {
  const asked = questionOf(turn, dialog);
  if (asked === null || !["chitchat", "supplement"].includes(turn.understanding.kind)) return null;
  const listed = asked.codes.flatMap(
    (code) => turn.district.services.items.find((item) => item.code === code) ?? [],
  );
  const chosen = chosenOf(listed, normalise(turn.message.text).text);
  if (chosen === null) return null;
  return {
    answers: [here(serviceItem(chosen))],
    eventNos: [],
    dialog: { ...dialog, [DIALOG_QUESTION]: { ...asked, codes: [] } },
    keepWords: false,
  };
}

const LONGEST_CHOICE = 16;

function chosenOf(listed: readonly ServiceItem[], text: string): ServiceItem | null {
  const number = /^第?([123一二三])(?:个|项|种|条)?[\s。.!]*$/.exec(text)?.[1];
  if (number !== undefined) return listed["123一二三".indexOf(number) % 3] ?? null;
  if (text.length > LONGEST_CHOICE) return null;
  const found = buildServiceFinder(listed).find(text);
  return found.fit === "sure" ? found.items[0] : null;
}

/** 「转人工」: the command room is told once, with the question. */
export async function answerHandOver(turn: Turn): Promise<TurnResult> {
  const asked = turn.dialog === null ? null : questionOf(turn, turn.dialog);
  if (asked?.handedOver) return said(turn, personCalledAlready, asked);
  const gridCode = groupGridOf(turn);
  const streetCode = gridCode === null ? null : turn.district.grids.get(gridCode)?.streetCode;
  const addresses = await commandRoomAddresses(turn.tx, turn.office, streetCode ?? null);
  await insertOutbox(
    turn.tx,
    addresses.map((address) => ({
      key: `personWanted:${turn.messageId}:${address.key}`,
      to: address.to,
      priority: "notice" as const,
      body: {
        kind: "personWanted",
        params: {
          who: maskPersonalData(turn.speaker.name ?? turn.message.sender.nick ?? ""),
          where: turn.setting.type === "group" ? turn.setting.group.name : "私聊",
          grid: gridName(turn.district, gridCode) ?? "",
          question: asked?.words ?? "",
        },
      },
      createdAt: turn.office.clock.now(),
    })),
  );
  return said(turn, personCalled, {
    words: "",
    codes: [],
    at: turn.office.clock.now().toISOString(),
    ...asked,
    handedOver: true,
  });
}

const said = (turn: Turn, text: string, asked: AskedQuestion): TurnResult => ({
  answers: [here(text)],
  eventNos: [],
  dialog: rememberQuestion(turn, turn.dialog, asked),
  keepWords: false,
});

/** Remembers a question beside the dialog that goes on; one about an event that is over does not. */
export function rememberQuestion(
  turn: Turn,
  dialog: DialogState | null,
  asked: AskedQuestion,
): DialogState {
  const over =
    dialog === turn.dialog && turn.question === null && dialog?.[DIALOG_EVENT] !== undefined;
  return { ...(over ? {} : dialog), [DIALOG_QUESTION]: asked };
}

/** The question that is still talked about; after a day a new one has to be asked. */
function questionOf(turn: Turn, dialog: DialogState): AskedQuestion | null {
  const asked = dialog[DIALOG_QUESTION] as AskedQuestion | undefined;
  if (asked === undefined) return null;
  const age = turn.office.clock.now().getTime() - new Date(asked.at).getTime();
  return age <= DAY_MS ? asked : null;
}
