/**
 * Keeps the wrong PINs of each phone number in the table `pin_guards`, registered or not.
 */
import { sql } from 'kysely';
import type { Reader, Tx } from '../ground/postgres/database.ts';
import { lookupHash } from '../ground/seal/lookup-hash.ts';
import { hashedTexts, hashedValue } from '../ground/seal/sealing.rows.ts';
import { vaultOf } from '../ground/seal/vault-of.ts';
import type { PinDoor } from './pin-guard.ts';

interface PinGuardTable {
  /** The number's keyed hash, or the number while an older version may serve. */
  phone: string;
  door: PinDoor;
  failures: number;
  locked_until: Date | null;
  touched_at: Date;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    pin_guards: PinGuardTable;
  }
}

function numbersOf(reader: Reader, phone: string): string[] {
  return hashedTexts(reader, { kind: 'phone', text: phone });
}

export interface PinGuard {
  readonly failures: number;
  readonly lockedUntil: Date | undefined;
}

/** The guard of the number at this door as it is now, without waiting for anybody; nothing when none was made. */
export async function findPinGuard(
  reader: Reader,
  phone: string,
  door: PinDoor,
): Promise<PinGuard | undefined> {
  const row = await reader
    .selectFrom('pin_guards')
    .select(['failures', 'locked_until'])
    .where('phone', 'in', numbersOf(reader, phone))
    .where('door', '=', door)
    .executeTakeFirst();
  return row && { failures: row.failures, lockedUntil: row.locked_until ?? undefined };
}

/** The guard of the number at this door, made if need be and locked until the transaction ends. */
export async function lockPinGuard(
  tx: Tx,
  guard: { phone: string; door: PinDoor; at: Date },
): Promise<PinGuard> {
  const { door } = guard;
  const sought = { kind: 'phone', text: guard.phone } as const;
  // A guard that was made under another key goes on counting: else a change of keys would give everybody new tries.
  const phone = sql<string>`coalesce((select g.phone from pin_guards g
    where g.phone in (${sql.join(numbersOf(tx, guard.phone))}) and g.door = ${door} limit 1),
    ${hashedValue(tx, sought)})`;
  const row = await tx
    .insertInto('pin_guards')
    .values({ phone, door, failures: 0, locked_until: null, touched_at: guard.at })
    .onConflict((conflict) => conflict.columns(['phone', 'door']).doUpdateSet({ touched_at: guard.at }))
    .returning(['failures', 'locked_until'])
    .executeTakeFirstOrThrow();
  return { failures: row.failures, lockedUntil: row.locked_until ?? undefined };
}

export async function markPinTried(
  tx: Tx,
  tried: { phone: string; door: PinDoor; failures: number; lockedUntil: Date | undefined },
): Promise<void> {
  await tx
    .updateTable('pin_guards')
    .set({ failures: tried.failures, locked_until: tried.lockedUntil ?? null })
    .where('phone', 'in', numbersOf(tx, tried.phone))
    .where('door', '=', tried.door)
    .execute();
}

/** Forgets the misses of a number: at one door after a right PIN, at all doors after a new one. */
export async function markPinGuardsCleared(tx: Tx, phone: string, door?: PinDoor): Promise<void> {
  let query = tx
    .updateTable('pin_guards')
    .set({ failures: 0, locked_until: null })
    .where('phone', 'in', numbersOf(tx, phone));
  if (door !== undefined) query = query.where('door', '=', door);
  await query.execute();
}

/** Deletes guards that nobody touched since `before` and that lock nothing, at most `limit`; returns how many. */
export async function deleteGuardsUntouched(tx: Tx, before: Date, limit: number): Promise<number> {
  const stale = await tx
    .selectFrom('pin_guards')
    .select(['phone', 'door'])
    .where('touched_at', '<', before)
    .orderBy('touched_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  for (const guard of stale) {
    await tx
      .deleteFrom('pin_guards')
      .where('phone', '=', guard.phone)
      .where('door', '=', guard.door)
      .execute();
  }
  return stale.length;
}

export async function deleteGuardsOf(tx: Tx, phone: string): Promise<void> {
  await tx.deleteFrom('pin_guards').where('phone', 'in', numbersOf(tx, phone)).execute();
}

/** Puts hashes where an older version wrote numbers, at most `limit`; returns how many. */
export async function hidePlainGuards(tx: Tx, limit: number): Promise<number> {
  const plain = await sql<{ phone: string; door: PinDoor }>`select phone, door from pin_guards
    where left(phone, 1) = '+' order by phone, door limit ${limit}::int for update`.execute(tx);
  for (const { phone, door } of plain.rows) {
    const hash = lookupHash(vaultOf(tx), { kind: 'phone', text: phone });
    await tx
      .updateTable('pin_guards')
      .set({ phone: hash })
      .where('phone', '=', phone)
      .where('door', '=', door)
      .execute();
  }
  return plain.rows.length;
}
