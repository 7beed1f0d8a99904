/**
 * Senders of the report API, as `platformUserId` on the channel `api`. Each kind has its own prefix, so
 * that no name an app gives to a reporter can pass for a person of the registry.
 */
export const API_CHANNEL = "api";

const PERSON = "person:";

/** An official who reports with a token of their own. */
export const senderOfPerson = (personId: string): string => `${PERSON}${personId}`;

/** A reporter as an app or a hotline knows them: its own id, unique within the source. */
export const senderOfApp = (source: string, id: string): string => `${source}:${id}`;

/** @param digest - of the phone number; the number itself is shown nowhere */
export const senderOfPhone = (digest: string): string => `phone:${digest}`;

/** @param index - keyed digest of that digest, where the district has a contact key */
export const senderOfIndex = (index: string): string => `phone:k${index}`;

/** Nobody who can be told apart: each report is somebody else's. */
export const unknownSender = (dedupeKey: string): string => `unknown:${dedupeKey}`;

/** The person of the registry that a sender is; null for reporters of apps. */
export const personOfSender = (platformUserId: string): string | null =>
  platformUserId.startsWith(PERSON) ? platformUserId.slice(PERSON.length) : null;
