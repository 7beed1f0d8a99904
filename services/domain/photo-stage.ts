/** What a worker's picture shows: the arrival, how it was found, how it was left. */
export const PHOTO_STAGES = ["arrival", "before", "after"] as const;
export type PhotoStage = (typeof PHOTO_STAGES)[number];
