import { and, asc, eq, type SQL } from "drizzle-orm";
import type { Db } from "../client.ts";
import { type GROUP_CHANNELS, type GROUP_KINDS, groups } from "../schema/index.ts";

export type GroupChannel = (typeof GROUP_CHANNELS)[number];
export type GroupKind = (typeof GROUP_KINDS)[number];

export interface Group {
  channel: GroupChannel;
  conversationId: string;
  name: string;
  kind: GroupKind;
  gridCode: string | null;
  orgCode: string | null;
}

/** The group of a conversation; null where the registry does not know it. */
export async function findGroup(
  db: Db,
  channel: string,
  conversationId: string,
): Promise<Group | null> {
  const [group] = await readGroups(
    db,
    and(eq(groups.channel, channel as GroupChannel), eq(groups.conversationId, conversationId)),
  );
  return group ?? null;
}

/** The groups of this conversation id, on whichever channels; usually one. */
export const groupsOfConversation = (db: Db, conversationId: string): Promise<Group[]> =>
  readGroups(db, eq(groups.conversationId, conversationId));

/**
 * The work group of a street, where its command room (指挥室) is told of things; null where it has
 * none. With groups on several channels and no `channel` named, dingtalk comes before sandbox and wecom.
 */
export async function commandRoomGroup(
  db: Db,
  streetCode: string,
  channel?: GroupChannel,
): Promise<Group | null> {
  const [group] = await readGroups(
    db,
    and(
      eq(groups.kind, "work"),
      eq(groups.orgCode, streetCode),
      channel === undefined ? undefined : eq(groups.channel, channel),
    ),
  );
  return group ?? null;
}

/** The groups in which calls (街呼区应) are made and answered. */
export const callGroups = (db: Db): Promise<Group[]> => readGroups(db, eq(groups.kind, "call"));

export const residentGroupsOfGrid = (db: Db, gridCode: string): Promise<Group[]> =>
  readGroups(db, and(eq(groups.kind, "resident"), eq(groups.gridCode, gridCode)));

/** Every group, by channel and conversation. */
export const everyGroup = (db: Db): Promise<Group[]> => readGroups(db, undefined);

export const groupsOnChannel = (db: Db, channel: GroupChannel): Promise<Group[]> =>
  readGroups(db, eq(groups.channel, channel));

function readGroups(db: Db, condition: SQL | undefined): Promise<Group[]> {
  return db.orm
    .select({
      channel: groups.channel,
      conversationId: groups.conversationId,
      name: groups.name,
      kind: groups.kind,
      gridCode: groups.gridCode,
      orgCode: groups.orgCode,
    })
    .from(groups)
    .where(and(eq(groups.site, db.site), eq(groups.active, true), condition))
    .orderBy(asc(groups.channel), asc(groups.conversationId));
}
