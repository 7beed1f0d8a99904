import type { PhotoStage } from "../../../services/domain/photo-stage.ts";
import type { Position } from "../../check-in/position.ts";
import { now } from "../../desk/product-time.ts";
import { wordsIn } from "../../look/language.ts";
import { personKey, say } from "../here.ts";
import type { NewPress, Step } from "../kept/press.ts";
import { press } from "../kept/presses.ts";
import type { ActForm } from "./forms.ts";
import type { Photo } from "./photos.ts";

const words = wordsIn(
  {
    kept: (what: string) => `没有信号,「${what}」已存在手机里,有信号后自动补报。`,
    notDurable: (what: string) => `没有信号,「${what}」先记着。请不要关掉本页,有信号后自动补报。`,
    denied:
      "没有得到位置权限,按「无位置」报到,等街道确认。要自动算数,请在设置里允许定位后再点一次。",
    insecure: "本页不是 https,浏览器不给位置,按「无位置」报到,等街道确认。",
    unavailable: "手机没有给出位置,按「无位置」报到,等街道确认。",
    tooSlow: "定位太慢,按「无位置」报到,等街道确认。",
    rough: (m: number) => `定位误差约${m}米,不能自动算数,等街道确认;走到开阔处可再点一次。`,
  },
  {
    kept: (what: string) => `No signal: "${what}" is kept on the phone and sent by itself later.`,
    notDurable: (what: string) =>
      `No signal: "${what}" waits. Keep this page open; it is sent by itself later.`,
    denied: "No permission for your position: checked in without one, the street has to confirm.",
    insecure: "The page is not https, so the browser gives no position: the street has to confirm.",
    unavailable: "The phone gave no position: the street has to confirm.",
    tooSlow: "The position took too long: the street has to confirm.",
    rough: (m: number) =>
      `The position may be ${m} m off and does not count by itself: the street has to confirm.`,
  },
);

/** A position less exact than this does not count by itself; the server decides. */
const ROUGH_M = 200;

export interface Subject {
  type: "event" | "call";
  no: string;
}

const PATHS = { event: "/api/events", call: "/api/call-tickets" };

/**
 * Does what the form says, now or when there is signal.
 *
 * @returns the server's answer; null where it waits; undefined where it was refused
 */
export async function pressAct<Answer>(
  subject: Subject,
  form: ActForm,
  command: Record<string, unknown>,
  photos: readonly { stage: PhotoStage; photo: Photo }[],
  position: Position | null,
): Promise<Answer | null | undefined> {
  const at = new Date(now.value).toISOString();
  const base = `${PATHS[subject.type]}/${encodeURIComponent(subject.no)}`;
  const steps: Step[] = photos.map(({ stage, photo }) => ({
    kind: "photo",
    method: "PUT",
    path: `${base}/photos/${photo.id}?stage=${stage}`,
    body: photo.bytes,
  }));
  // An arrival is at the moment of the press; of everything else the history says when it was pressed.
  const time = form.action === "checkIn" ? { at } : { pressedAt: at };
  const body = { ...command, ...time, ...placeOf(position) };
  steps.push({ kind: "act", method: "POST", path: `${base}/actions`, body });
  const kind = form.action === "checkIn" ? "checkIn" : subject.type;
  const what = `${form.title} ${subject.no}`;
  const made: NewPress = {
    personId: personKey.value,
    kind,
    what,
    no: subject.no,
    action: form.action,
    at,
    steps,
  };
  const outcome = await press(made);
  if (outcome.kind === "refused") {
    say("bad", outcome.said);
    return undefined;
  }
  if (outcome.kind === "kept") {
    say("wait", outcome.durable ? words().kept(what) : words().notDurable(what));
    return null;
  }
  const hint = position === null ? null : positionHint(position);
  say(hint === null ? "good" : "wait", [outcome.said, hint].filter(Boolean).join(" "));
  return outcome.answer as Answer;
}

const placeOf = (position: Position | null): Record<string, unknown> =>
  position?.known
    ? {
        lng: position.lng,
        lat: position.lat,
        accuracyM: position.accuracyM,
        datum: "wgs84",
      }
    : {};

function positionHint(position: Position): string | null {
  if (!position.known) return words()[position.why];
  return position.accuracyM > ROUGH_M ? words().rough(Math.round(position.accuracyM)) : null;
}
