/** Why an attachment did not come, and whether another try makes sense. */
export class AttachmentError extends Error {
  readonly reason: "tooBig" | "forbiddenHost" | "gone" | "unavailable";
  readonly permanent: boolean;
  /** real time, where the platform says when */
  readonly retryAt: Date | null;
  constructor(
    reason: AttachmentError["reason"],
    message: string,
    more: { retryAt?: Date; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.reason = reason;
    this.permanent = reason !== "unavailable";
    this.retryAt = more.retryAt ?? null;
  }
}
