import type { Db } from "../../db/client.ts";
import { type Address, addressesNamed } from "../../db/queries/addresses.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { findGrid } from "../../db/queries/grids.ts";
import { endAlias, findAlias, writeAlias } from "../../db/queries/place-aliases.ts";
import type { Actor } from "../domain/actor.ts";
import {
  type AliasedAddress,
  type AliasRefusal,
  decideAlias,
  mayNamePlace,
} from "../domain/place-alias.ts";
import type { Office } from "./office.ts";

export type TaughtAlias = { ok: true; name: string } | { ok: false; code: AliasRefusal };

/**
 * Learns that people call a place by another name than the registry. Every instance understands it within
 * seconds. Belongs to the caller's transaction.
 *
 * @param isGeneral - whether the alias says nothing by itself, such as 学校门口
 * @returns the registry's name of the place, or why it was not learnt; a missing right is audited
 */
export async function teachAlias(
  tx: Db,
  office: Office,
  said: { alias: string; name: string; isGeneral: boolean },
  actor: Actor,
): Promise<TaughtAlias> {
  const meant = await Promise.all(
    (await addressesNamed(tx, said.name, 2)).map((address) => withStreet(tx, address)),
  );
  const bearing = await addressesNamed(tx, said.alias, 2);
  const decided = decideAlias(actor, said.alias, meant, bearing, said.isGeneral);
  if (!decided.ok) {
    if (decided.code === "noRight") await audit(tx, office, actor, "teachAlias", said.alias, false);
    return decided;
  }
  const changedAt = office.clock.now();
  const { code: addressCode, name } = decided.address;
  await writeAlias(tx, { alias: said.alias, addressCode, taughtBy: actor.personId, changedAt });
  await audit(tx, office, actor, "teachAlias", said.alias, true, addressCode);
  return { ok: true, name };
}

/** Takes an alias back. Belongs to the caller's transaction. */
export async function forgetAlias(
  tx: Db,
  office: Office,
  alias: string,
  actor: Actor,
): Promise<TaughtAlias> {
  const known = await findAlias(tx, alias);
  const [address] = known === null ? [] : await addressesNamed(tx, alias, 1);
  if (known === null || address === undefined) return { ok: false, code: "unknownPlace" };
  const place = await withStreet(tx, address);
  const granted = mayNamePlace(actor, place);
  await audit(tx, office, actor, "forgetAlias", alias, granted);
  if (!granted) return { ok: false, code: "noRight" };
  await endAlias(tx, alias, office.clock.now());
  return { ok: true, name: place.name };
}

async function withStreet(tx: Db, address: Address): Promise<AliasedAddress> {
  const grid = address.gridCode === null ? null : await findGrid(tx, address.gridCode);
  return { ...address, streetCode: grid?.streetCode ?? null };
}

const audit = (
  tx: Db,
  office: Office,
  actor: Actor,
  action: string,
  alias: string,
  done: boolean,
  reason?: string,
): Promise<void> =>
  writeAudit(tx, {
    at: office.clock.now(),
    actor,
    action,
    subject: { type: "place", no: alias },
    outcome: done ? "done" : "refused",
    ...(done ? (reason === undefined ? {} : { reason }) : { reason: "noRight" }),
  });
