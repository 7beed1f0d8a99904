/** The privacy notice of now. Raise it with every change of what the notice says; records name it. */
export const PRIVACY_VERSION = "2026-11";

/**
 * What is on record. Reports are taken in by statutory duty (PIPL articles 13 (3), 34, 35), which wants a
 * notice and no consent; to have an account bound to one's person is agreed to.
 */
export const CONSENT_KINDS = ["noticeShown", "bindingAgreed"] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

/** When: the bot came into a group, somebody's first answer in private, they asked, they gave their code. */
export const NOTICE_OCCASIONS = ["groupWelcome", "firstContact", "asked", "accountBound"] as const;
export type NoticeOccasion = (typeof NOTICE_OCCASIONS)[number];
