/**
 * Keeps what a comparison found: new differences are written down, those that stand are seen again, and one whose
 * transaction was compared and agrees is gone.
 *
 * The transactions of all standing differences are compared at every look, so none stands longer than it lasts, and a
 * look at a few days says nothing about any other.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type FloatKey, type FoundBreak, insertBreak, type KnownBreak, markBreakGone } from './break.rows.ts';

export interface Kept {
  /** All that stood before and is about a transaction. */
  readonly standing: readonly KnownBreak[];
  readonly found: readonly FoundBreak[];
  /** The look that opens or ends a difference about this transaction; nothing where no day was looked at. */
  readonly lookOf: (reference: string) => string | undefined;
}

export async function keepBreaks(tx: Tx, ground: Ground, of: FloatKey, kept: Kept): Promise<void> {
  const { standing, found, lookOf } = kept;
  const at = ground.clock.now();
  for (const known of goneOf(kept))
    await markBreakGone(tx, known.id, { at, goneBy: lookOf(known.reference) });
  for (const one of found)
    await insertBreak(tx, of, {
      ...one,
      id: ground.ids.next('brk'),
      at,
      openedBy: standing.some((known) => isSame(one, known)) ? undefined : lookOf(one.reference),
    });
}

/** Those that stood and are not there any more. */
export function goneOf({ standing, found }: Pick<Kept, 'standing' | 'found'>): KnownBreak[] {
  return standing.filter((known) => !found.some((one) => isSame(one, known)));
}

/** Those that were not there before. */
export function openedOf({ standing, found }: Pick<Kept, 'standing' | 'found'>): FoundBreak[] {
  return found.filter((one) => !standing.some((known) => isSame(one, known)));
}

function isSame(a: FoundBreak, b: FoundBreak): boolean {
  return a.kind === b.kind && a.reference === b.reference && a.difference === b.difference;
}
