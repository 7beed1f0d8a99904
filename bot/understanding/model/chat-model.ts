import type { MessageKind } from "../../../services/domain/understanding.ts";
import type { KnownCategory } from "../directory.ts";
import type { Heard } from "../heard.ts";

/** A model that proposes a reading; it decides nothing. */
export interface ChatModel {
  /** null when it is absent, late, broken or wrong: rules alone then */
  propose(heard: Heard, catalog: readonly KnownCategory[]): Promise<Proposal | null>;
}

/** What the model made of a message, checked for shape but not yet for sense. */
export interface Proposal {
  kind: MessageKind;
  items: ProposedItem[];
  confidence: number;
  /** `name@version` */
  promptVersion: string;
}

export interface ProposedItem {
  /** null: none of the catalog fits */
  category: string | null;
  summary: string;
  place: string | null;
  level: number | null;
  consult: boolean;
}
