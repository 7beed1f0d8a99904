import { createTransport } from "nodemailer";

const CONNECT_MS = 10_000;
/** Shorter than the lease of a letter: a server that hangs is left before another instance tries. */
const SILENT_MS = 30_000;

/** A mail server that letters are handed to. */
export const mailTransport = (smtpUrl: string) =>
  createTransport({
    url: smtpUrl,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    // A letter's parts are made here; nothing is read from files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
