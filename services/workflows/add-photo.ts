import type { Database, Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { insertCallPhoto, photosOfCalls } from "../../db/queries/call-photos.ts";
import { findCall } from "../../db/queries/calls.ts";
import { insertEventPhoto, photosOfEvent } from "../../db/queries/event-photos.ts";
import { findEvent } from "../../db/queries/events.ts";
import { type Actor, actorRef } from "../domain/actor.ts";
import { responseOf } from "../domain/call-actions/decision.ts";
import { maySeeCall } from "../domain/call-rights.ts";
import { MOST_PHOTOS, mayShowCall, mayShowEvent } from "../domain/photo-rights.ts";
import type { PhotoStage } from "../domain/photo-stage.ts";
import { maySeeEvent } from "../domain/rights.ts";
import { inTransaction } from "../in-transaction.ts";
import type { Office } from "./office.ts";

/** A worker's picture, before it lies anywhere. Its id is made by the phone. */
export interface NewPhoto {
  id: string;
  no: string;
  stage: PhotoStage;
  mime: string;
  bytes: number;
  /** puts the bytes where they are kept; the same bytes lie once */
  keep(): Promise<{ path: string }>;
}

export type PhotoOutcome = "noted" | "notFound" | "noRight" | "tooMany";

/** Notes a picture of the work on an event. Sent again, it is there already, whatever happened meanwhile. */
export function addEventPhoto(
  database: Database,
  office: Office,
  photo: NewPhoto,
  actor: Actor,
): Promise<PhotoOutcome> {
  const { no, id, stage, mime, bytes } = photo;
  return addPhoto(database, office, "event", photo, actor, {
    async ask(db) {
      const event = await findEvent(db, no);
      if (event === null || !maySeeEvent(actor, event.state)) return "notFound";
      const photos = await photosOfEvent(db, no);
      if (photos.some((one) => one.id === id)) return "noted";
      if (!mayShowEvent(actor, event.state)) return "noRight";
      return photos.length >= MOST_PHOTOS ? "tooMany" : "new";
    },
    note: (tx, path) =>
      insertEventPhoto(tx, {
        id,
        eventNo: no,
        stage,
        by: actorRef(actor),
        path,
        mime,
        bytes,
        createdAt: office.clock.now(),
      }),
  });
}

/** Likewise of a department at a call. @param deptCode - where the actor is of none */
export function addCallPhoto(
  database: Database,
  office: Office,
  photo: NewPhoto,
  actor: Actor,
  deptCode: string | undefined,
): Promise<PhotoOutcome> {
  const { no, id, stage, mime, bytes } = photo;
  let dept = deptCode ?? actor.orgCode ?? "";
  return addPhoto(database, office, "callTicket", photo, actor, {
    async ask(db) {
      const call = await findCall(db, no);
      if (call === null || !maySeeCall(actor, call.state)) return "notFound";
      const photos = await photosOfCalls(db, [no]);
      if (photos.some((one) => one.id === id)) return "noted";
      const own = actor.power === undefined ? undefined : deptCode;
      const response = responseOf(call.state, actor, own);
      if (response === null || !mayShowCall(actor, call.state)) return "noRight";
      dept = response.deptCode;
      return photos.length >= MOST_PHOTOS ? "tooMany" : "new";
    },
    note: (tx, path) =>
      insertCallPhoto(tx, {
        id,
        callNo: no,
        deptCode: dept,
        stage,
        path,
        mime,
        bytes,
        createdAt: office.clock.now(),
      }),
  });
}

interface Album {
  ask(db: Db): Promise<PhotoOutcome | "new">;
  note(tx: Db, path: string): Promise<void>;
}

/** Asks before the bytes are kept, so that nobody fills the disk without a right, and again with the note. */
async function addPhoto(
  database: Database,
  office: Office,
  type: "event" | "callTicket",
  photo: NewPhoto,
  actor: Actor,
  album: Album,
): Promise<PhotoOutcome> {
  const first = await album.ask(database);
  if (first !== "new") return first;
  const { path } = await photo.keep();
  return inTransaction(database, async (tx) => {
    const answer = await album.ask(tx);
    if (answer !== "new") return answer;
    await album.note(tx, path);
    await writeAudit(tx, {
      at: office.clock.now(),
      actor,
      action: "addPhoto",
      subject: { type, no: photo.no },
      outcome: "done",
    });
    return "noted";
  });
}
