import { cpus, totalmem } from "node:os";
import { VERSION } from "../services/version.ts";

/** What a figure was measured with, to stand beside it. */
export function machineTold() {
  return {
    measuredAt: new Date().toISOString(),
    product: VERSION,
    node: process.version,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
  };
}
