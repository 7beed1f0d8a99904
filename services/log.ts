import { type Logger, pino } from "pino";

export type Log = Logger;

/** Secrets and people's words stay out of the log, whatever is handed to it. */
const SECRET = [
  "clientSecret",
  "appSecret",
  "apiKey",
  "accessToken",
  "authorization",
  "token",
  "text",
  "words",
  "phone",
];

export const makeLog = (level: string): Log =>
  pino({
    level,
    redact: {
      paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: "[hidden]",
    },
  });

export const silentLog: Log = makeLog("silent");
