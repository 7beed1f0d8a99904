import { ROLES } from "../../../services/domain/actor.ts";
import { GRANTS_LEAVE } from "../../../services/domain/leave.ts";
import { NAMES_PLACES } from "../../../services/domain/place-alias.ts";
import { command, type Verb } from "./verb.ts";

/** The phrases about who is there (leave, deputies, duty), and about what places are called. */
export const STAFF_VERBS: readonly Verb[] = [
  {
    pattern: /^(?:准假|(?:同意|批准)请假)/,
    takesNote: true,
    needs: GRANTS_LEAVE,
    read: (part) => command(part, "grantLeave"),
  },
  {
    pattern: /^(?:记住|记下|教你)?(?:地名|别名)(?=[\s:：「])/,
    takesNote: true,
    needs: NAMES_PLACES,
    read: (part) => command(part, "teachName"),
  },
  {
    pattern: /^(?:忘记|忘掉|删除)(?:地名|别名)(?=[\s:：「])/,
    takesNote: true,
    needs: NAMES_PLACES,
    read: (part) => command(part, "forgetName"),
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
