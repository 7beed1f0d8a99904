import { symbols } from "pino";
import { afterAll, expect } from "vitest";
import { silentLog } from "../../services/log.ts";
import { noteLogged, takeLogged, tellingLines } from "./logged.ts";

// Runs around every test file: what the product logs on the way is kept, on its most talkative level, and
// looked through at the end. The log of tests hides what the product's own hides, and nothing more.

silentLog.level = "trace";
Object.assign(silentLog, { [symbols.streamSym]: { write: noteLogged } });
takeLogged();

afterAll(() => {
  expect(tellingLines(takeLogged()), "secrets or people's words in the log").toEqual([]);
});
