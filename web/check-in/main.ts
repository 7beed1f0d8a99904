import { sayOnPage } from "../look/page-language.ts";
import { type Press, type PressAnswer, readView, sendPress, type View } from "./api.ts";
import { type KeptPress, keptPresses } from "./kept-press.ts";
import { bind, type Controls } from "./page.ts";
import { shrunk } from "./photo.ts";
import { type Locating, locate } from "./position.ts";
import { bad, keptSaid, positionSaid } from "./sentences.ts";
import { words } from "./words.ts";
import "./look.css";

// One page, one button: where am I, tell the server, show what it says. What cannot be sent is kept
// with its time and sent when the network is back.

const path = location.pathname;
const presses = keptPresses(storageOrNull(), path);
const page: Controls = bind(document);
/** How far the product's clock is ahead of this phone's, in milliseconds. */
let clockAhead = 0;
let view: View | null = null;
let locating: Locating | null = null;
let photo: string | null = null;
let isSending = false;

sayOnPage(document, words);
page.onPress(() => void press());
page.onPhoto((file) => void takePhoto(file));
addEventListener("online", () => void catchUp());
setInterval(() => void catchUp(), 10_000);
void open();

async function open(): Promise<void> {
  const answer = await readView(path);
  if (answer.kind === "away") return page.say(bad(words.offlineFirst));
  if (answer.kind === "refused") return page.say(bad(answer.said));
  show(answer.body);
  page.suggestHeadcount(answer.body.promised ?? answer.body.headcount ?? 1);
  await sendKept();
}

function show(next: View): void {
  view = next;
  clockAhead = Date.parse(next.now) - Date.now();
  page.show(next);
}

async function press(): Promise<void> {
  if (view === null || isSending) return;
  if (locating !== null) return locating.hurry();
  locating = locate(navigator.geolocation, isSecureContext);
  page.busy(words.locating);
  const position = await locating.result;
  locating = null;
  const { lng, lat, accuracyM } = position.known
    ? position
    : { lng: null, lat: null, accuracyM: null };
  const made: Press = { lng, lat, accuracyM, headcount: page.headcount(), photo };
  const at = new Date(Date.now() + clockAhead).toISOString();
  const isThere = await tell(made, at);
  if (isThere) page.hint(positionSaid(position, view));
}

/** @returns whether the server has heard of it */
async function tell(made: Press | KeptPress, at: string): Promise<boolean> {
  isSending = true;
  page.busy(words.sending);
  const answer = await sendPress(path, made);
  isSending = false;
  page.ready();
  if (answer.kind === "away") {
    const kept = presses.keep({ ...made, at });
    page.say(kept === null ? bad(words.notKept) : keptSaid(kept.at));
    return false;
  }
  presses.forget();
  if (answer.kind === "refused") {
    page.say(bad(answer.said));
    return false;
  }
  heard(answer.body);
  return true;
}

function heard(answer: PressAnswer): void {
  show(answer);
  if (answer.photoProblem === null) {
    photo = null;
    page.photoTaken(null);
  } else {
    page.hint(words.photoProblem(answer.photoProblem));
  }
}

async function catchUp(): Promise<void> {
  if (view === null) return open();
  await sendKept();
}

async function sendKept(): Promise<void> {
  const kept = presses.read();
  if (kept === null || isSending || locating !== null) return;
  await tell(kept, kept.at);
}

async function takePhoto(file: File): Promise<void> {
  photo = await shrunk(file);
  page.photoTaken(photo === null ? words.photoUnreadable : words.photoTaken);
}

/** Some web views forbid storage, and say so by throwing. */
function storageOrNull(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
