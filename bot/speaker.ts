import type { Db } from "../db/client.ts";
import {
  findPersonByAccount,
  findPersonByDingtalkUserId,
  findPersonById,
  type Person,
} from "../db/queries/directory.ts";
import type { Actor } from "../services/domain/actor.ts";
import { API_CHANNEL, personOfSender } from "../services/domain/api-sender.ts";
import type { IncomingMessage } from "../services/domain/incoming.ts";

/** Who speaks, by the account the channel vouches for. Nicknames and claims are not looked at. */
export async function speakerOf(db: Db, message: IncomingMessage): Promise<Actor> {
  const { channel, sender } = message;
  const person = await personOfAccount(db, channel, sender.platformUserId);
  return {
    personId: person?.id ?? null,
    name: person?.name ?? null,
    orgCode: person?.orgCode ?? null,
    streetCode: person?.streetCode ?? null,
    roles: person?.roles ?? [],
    gridCodes: person?.gridCodes ?? [],
    channel,
    platformUserId: sender.platformUserId,
  };
}

/** The person an account is bound to; null for residents. In the sandbox the account is the person's id. */
export function personOfAccount(
  db: Db,
  channel: string,
  platformUserId: string,
): Promise<Person | null> {
  switch (channel) {
    case "dingtalk":
      return findPersonByDingtalkUserId(db, platformUserId);
    case "sandbox":
      return findPersonById(db, platformUserId);
    case API_CHANNEL: {
      const personId = personOfSender(platformUserId);
      return personId === null ? Promise.resolve(null) : findPersonById(db, personId);
    }
    default:
      return findPersonByAccount(db, { channel, platformUserId });
  }
}
