/** Who stands in place of an account that had its data deleted, so that counts stay right. */
export const ERASED = "erased";

/** A report keeps a name of its own for its erased reporter: `erased:` and the report's id. */
export const isErased = ({ platformUserId }: { platformUserId: string }): boolean =>
  platformUserId.startsWith(`${ERASED}:`);
