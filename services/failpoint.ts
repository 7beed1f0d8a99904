import { writeSync } from "node:fs";
import { ConfigError } from "./config.ts";

/**
 * Where a process can be made to die, in the order of the life it cuts: of a message, of what is said, of
 * a reminder, of a change told to another system. Each stands after the step it names. What stores a
 * message is one statement, so nothing lies between `received` and its commit.
 */
export const FAILPOINTS = [
  "received",
  "stored",
  "acknowledged",
  "claimed",
  "understood",
  "written",
  "committed",
  "outboxClaimed",
  "sent",
  "noted",
  "dutiesClaimed",
  "remindersWritten",
  "remindersCommitted",
  "webhooksClaimed",
  "webhookTold",
  "webhookNoted",
] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

let armed: { name: Failpoint; left: number } | null = null;

/** Kills this process here, as a power cut would, where `armFailpoint` asked for it. Else nothing. */
export function failpoint(name: Failpoint): void {
  if (armed?.name !== name || --armed.left > 0) return;
  writeSync(2, `failpoint ${name}\n`);
  process.kill(process.pid, "SIGKILL");
}

/**
 * @param spec - `NAME`, `NAME:NTH` for the nth time it is passed, with `@SIGUSR2` counted from that
 *   signal on; undefined: nothing is armed
 * @param nodeEnv - anything but `test` refuses, so that no real product can be made to die
 */
export function armFailpoint(spec: string | undefined, nodeEnv: string | undefined): void {
  armed = null;
  if (spec === undefined || spec === "") return;
  if (nodeEnv !== "test")
    throw new ConfigError(["FAILPOINT kills the product and is for its tests alone. Unset it."]);
  const [, word, nth = "1", onSignal] = /^([A-Za-z]+)(?::([1-9]\d*))?(@SIGUSR2)?$/.exec(spec) ?? [];
  const name = FAILPOINTS.find((known) => known === word);
  if (name === undefined)
    throw new ConfigError([
      `FAILPOINT: ${spec} is none. Write NAME, NAME:NTH or NAME@SIGUSR2 with one of ${FAILPOINTS.join(", ")}.`,
    ]);
  const arm = () => {
    armed = { name, left: Number(nth) };
  };
  if (onSignal === undefined) arm();
  else process.once("SIGUSR2", arm);
}
