import { ROLES } from "../../../services/domain/actor.ts";
import { GRANTS_LEAVE } from "../../../services/domain/leave.ts";
import { command, type Verb } from "./verb.ts";

/** The phrases about who is there: leave, deputies, duty. */
export const STAFF_VERBS: readonly Verb[] = [
  {
    pattern: /^(?:准假|(?:同意|批准)请假)/,
    takesNote: true,
    needs: GRANTS_LEAVE,
    read: (part) => command(part, "grantLeave"),
  },
  {
    pattern: /^销假(?=[\s,，。!]*$)/,
    needs: ROLES,
    read: (part) => command(part, "endLeave"),
  },
  {
    pattern: /^[^\n\ue000-\ue0ff]{0,14}?(?:谁|哪位|哪个)在?值(?:班|守)[^\n\ue000-\ue0ff]{0,3}$/,
    takesNote: true,
    needs: ROLES,
    read: (part) => command(part, "onDuty", { note: part.said }),
  },
];
