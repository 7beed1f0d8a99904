import type { Db } from "../../db/client.ts";
import { complaintsWithTraces, findComplaint } from "../../db/queries/complaints.ts";
import { gridNames } from "../../db/queries/directory.ts";
import type { EventRecord } from "../../db/queries/events.ts";
import { insertOutbox } from "../../db/queries/outbox.ts";
import { type Collective, findCollective, tracesOf } from "../domain/collective.ts";
import { DAY_MS, localDay } from "../domain/time.ts";
import { commandRoomAddresses, type NoticeAddress, once } from "./addresses.ts";
import type { Office } from "./office.ts";

/**
 * Early warning (预警): tells the command rooms concerned, and the district where there are several, that
 * many complain of what this event is about. Once a day for each source.
 */
export async function warnOfCollective(
  tx: Db,
  office: Office,
  { row }: EventRecord,
): Promise<void> {
  if (row.confidential || row.kind === "emergency") return;
  const now = office.clock.now();
  const { collective: limits } = office.policy;
  const since = new Date(now.getTime() - limits.days * DAY_MS);
  const fresh = await findComplaint(tx, row.no);
  if (fresh === null) return;
  const recent = await complaintsWithTraces(tx, tracesOf(fresh), since);
  const found = findCollective(fresh, recent, limits);
  if (found === null) return;
  const params = {
    ...found,
    category: row.category,
    days: limits.days,
    grids: await gridNames(tx, found.gridCodes),
    firstAt: found.firstAt.toISOString(),
    lastAt: found.lastAt.toISOString(),
  };
  // The oldest of its events stands for the source: the others are merged into it.
  const key = `collective:${found.nos[0]}:${localDay(now)}`;
  await insertOutbox(
    tx,
    (await concerned(tx, office, found)).map((address) => ({
      key: `${key}:${address.key}`,
      to: address.to,
      priority: "notice" as const,
      body: { kind: "collectiveComplaint", params },
      createdAt: now,
    })),
  );
}

async function concerned(
  tx: Db,
  office: Office,
  { streetCodes }: Collective,
): Promise<NoticeAddress[]> {
  const rooms: (string | null)[] = streetCodes.length === 1 ? streetCodes : [...streetCodes, null];
  const addresses: NoticeAddress[] = [];
  for (const street of rooms) addresses.push(...(await commandRoomAddresses(tx, office, street)));
  return once(addresses);
}
