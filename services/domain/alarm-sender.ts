const ALARM = "alarm:";

/** Who stands as the reporter of an event that a device told of: the alarm itself, nobody of flesh and blood. */
export const senderOfAlarm = (no: string): string => `${ALARM}${no}`;

/** There is nobody to be asked, told or counted. */
export const isDevice = ({ platformUserId }: { platformUserId: string }): boolean =>
  platformUserId.startsWith(ALARM);
