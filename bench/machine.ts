import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** What a figure was measured with, to stand beside it. */
export function machineTold() {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  return {
    measuredAt: new Date().toISOString(),
    product: version,
    node: process.version,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
  };
}
