import { z } from "zod";
import { ALARM_KINDS } from "../domain/alarm.ts";
import { PressBody } from "./press.ts";
import { shortText } from "./reporter.ts";

/** Of the picture's bytes. */
export const MOST_PICTURE_BYTES = 2 * 1024 * 1024;
const MOST_PICTURE_CHARACTERS = Math.ceil(MOST_PICTURE_BYTES / 3) * 4 + 100;
/** The picture as base64, and everything else. */
export const MOST_ALARM_BYTES = MOST_PICTURE_CHARACTERS + 16 * 1024;

/** An alarm as a source sends it. What is not named here is refused: nothing about persons has a place. */
export const AlarmBody = z.strictObject({
  kind: z.enum(ALARM_KINDS),
  device: shortText(100).describe("the device's code: of devices.csv where the district knows it"),
  at: z.iso
    .datetime({ offset: true })
    .transform((iso) => new Date(iso))
    .optional()
    .describe("when the device saw it; absent: now. Refused where it is more than a day ago"),
  place: shortText(200).optional().describe("absent: as the device is registered"),
  lng: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-90).max(90).optional(),
  datum: PressBody.shape.datum,
  reading: z
    .strictObject({ value: z.number(), unit: shortText(20) })
    .optional()
    .describe("what the meter showed"),
  picture: z
    .string()
    .max(MOST_PICTURE_CHARACTERS)
    .optional()
    .describe(
      "of the scene, base64: JPEG, PNG, WebP or HEIC of at most 2 MB. No faces, no number plates cut out of it",
    ),
});
export type AlarmBody = z.infer<typeof AlarmBody>;
