import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { armFailpoint, failpoint } from "../../services/failpoint.ts";

const run = promisify(execFile);
const inProcess = (script: string) =>
  run(process.execPath, [
    "--import",
    "tsx",
    "--input-type=module",
    "--eval",
    `const { armFailpoint, failpoint } = await import("./services/failpoint.ts"); ${script}`,
  ]);

it("is passed without harm where nobody asked for it", () => {
  armFailpoint(undefined, "production");
  failpoint("sent");
});

it.each([undefined, "production", "development"])("is refused with NODE_ENV=%s", (nodeEnv) => {
  expect(() => armFailpoint("sent", nodeEnv)).toThrow(/for its tests alone\. Unset it/);
});

it.each(["nowhere", "sent:0", "sent:x", "sent@SIGKILL"])("%s is told what there is", (spec) => {
  expect(() => armFailpoint(spec, "test")).toThrow(/one of received, stored/);
});

it("kills the process the nth time it is passed", async () => {
  const dies = inProcess(
    `armFailpoint("sent:2", "test"); failpoint("noted"); failpoint("sent"); console.log("once"); failpoint("sent"); console.log("twice");`,
  );
  await expect(dies).rejects.toMatchObject({
    signal: "SIGKILL",
    stdout: "once\n",
    stderr: "failpoint sent\n",
  });
});
