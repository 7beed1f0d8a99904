import { nextWorkday, type WorkCalendar } from "./calendar.ts";
import { addDays, type Day, localDay, localMinutes, momentOf } from "./time.ts";

/** 22:00–07:00 Asia/Shanghai nobody is disturbed (domain.md D12). */
const QUIET_FROM = 22 * 60;
const QUIET_UNTIL = 7 * 60;

/** What decides when a duty may be spoken of. */
export interface SpokenDuty {
  /** its limit runs on days off, and so may be spoken of then */
  natural: boolean;
  /** of a critical event or an emergency call */
  urgent: boolean;
}

/** What may be said at night. Slower duties of an emergency, such as its verification, wait for the day. */
export const isEmergency = (duty: SpokenDuty): boolean => duty.urgent && duty.natural;

export const isQuiet = (at: Date): boolean => {
  const minutes = localMinutes(at);
  return minutes < QUIET_UNTIL || minutes >= QUIET_FROM;
};

/**
 * The first moment from `at` on at which a reminder of the duty may be said: not in quiet hours, and on
 * a working day unless the duty runs in natural time. Emergencies wait for nothing.
 */
export function speakableFrom(at: Date, duty: SpokenDuty, calendar: WorkCalendar): Date {
  if (isEmergency(duty)) return at;
  const day = localDay(at);
  const isSpoken = duty.natural || calendar.isWorkday(day);
  if (isSpoken && !isQuiet(at)) return at;
  if (isSpoken && localMinutes(at) < QUIET_UNTIL) return momentOf(day, QUIET_UNTIL);
  return momentOf(dayAfter(day, duty, calendar), QUIET_UNTIL);
}

export const isSpeakable = (at: Date, duty: SpokenDuty, calendar: WorkCalendar): boolean =>
  speakableFrom(at, duty, calendar).getTime() === at.getTime();

/** The next day that counts for the duty: any day, or the next working day. */
export const dayAfter = (day: Day, duty: SpokenDuty, calendar: WorkCalendar): Day =>
  duty.natural ? addDays(day, 1) : nextWorkday(calendar, day);
