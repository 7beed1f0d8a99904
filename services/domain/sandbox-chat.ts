const PRIVATE = "private:";

/** The sandbox's name for somebody's chat with the bot. */
export const privateChatOf = (userId: string): string => `${PRIVATE}${userId}`;

/** Whose chat with the bot it is; null for a group. */
export const ownerOfPrivateChat = (conversationId: string): string | null =>
  conversationId.startsWith(PRIVATE) ? conversationId.slice(PRIVATE.length) : null;
