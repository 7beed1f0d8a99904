import { z } from "zod";
import {
  SUPERVISION_GRADES,
  SUPERVISION_KINDS,
  type Supervision,
} from "../../domain/supervision.ts";
import { isoLocal } from "../../domain/time.ts";
import { Moment, momentOrNull } from "./shared.ts";

/** A demand that waits for its answer. */
export const SupervisionResource = z.object({
  kind: z.enum(SUPERVISION_KINDS),
  grade: z.enum(SUPERVISION_GRADES),
  note: z.string(),
  by: z.string().nullable().describe("null for a reporter, who stays unnamed"),
  at: Moment,
  answerBy: Moment.nullable().describe("where the demand sets its own time"),
});

export const supervisionResource = ({
  kind,
  grade,
  note,
  by,
  at,
  answerBy,
}: Supervision): z.infer<typeof SupervisionResource> => ({
  kind,
  grade,
  note,
  by,
  at: isoLocal(new Date(at)),
  answerBy: momentOrNull(answerBy === null ? null : new Date(answerBy)),
});
