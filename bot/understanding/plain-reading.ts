import type { Understanding } from "../../services/domain/understanding.ts";

/** A reading that says only of what kind the message is. */
export function plain(kind: Understanding["kind"], confidence: number): Understanding {
  return {
    kind,
    items: [],
    commands: [],
    numbers: [],
    rating: null,
    correction: null,
    privacy: null,
    patrolCounts: {},
    emergency: null,
    injection: false,
    confidential: false,
    confidence,
    by: "rules",
    promptVersion: null,
  };
}
