/** The earlier of two deadlines; null is none. */
export function shorterDue(one: Date, other: Date | null): Date;
export function shorterDue(one: Date | null, other: Date | null): Date | null;
export function shorterDue(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one <= other ? one : other;
}

/** The part of an event that a hotline's deadline is about. */
export interface HeldDue {
  /** what holds: the shorter of the two below */
  dueAt: Date | null;
  /** ours, where a hotline's deadline stands beside it; null: `dueAt` is ours */
  ownDueAt: Date | null;
  /** the hotline's; null: none */
  hotlineDueAt: Date | null;
}

/** Our own deadline, whichever holds. */
export const ownDue = ({ dueAt, ownDueAt }: Pick<HeldDue, "dueAt" | "ownDueAt">): Date | null =>
  ownDueAt ?? dueAt;

/** A change of our deadline keeps to the hotline's: the shorter of the two holds (A14). */
export function holdToHotline<P extends Partial<HeldDue>>(event: HeldDue, patch: P): P {
  const hotlineDueAt = patch.hotlineDueAt === undefined ? event.hotlineDueAt : patch.hotlineDueAt;
  if (hotlineDueAt === null || patch.dueAt === undefined || patch.dueAt === null) return patch;
  return { ...patch, ownDueAt: patch.dueAt, dueAt: shorterDue(patch.dueAt, hotlineDueAt) };
}

/** An event under another deadline of the hotline's; null takes it away. */
export function underHotlineDue(event: HeldDue, hotlineDueAt: Date | null): HeldDue {
  const own = ownDue(event);
  return hotlineDueAt === null
    ? { dueAt: own, ownDueAt: null, hotlineDueAt: null }
    : { dueAt: shorterDue(own, hotlineDueAt), ownDueAt: own, hotlineDueAt };
}
