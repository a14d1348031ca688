/**
 * Runs one act of an operator: asks whether the role allows it, does it, and writes it into the trail.
 *
 * Every act of the console goes through here, so none can be reached without its permission or leave no trace, by
 * whichever door. A refused act changes nothing and is not written down. The entry comes last, also after transfers, so
 * the ledger's lock is held one insert longer than elsewhere: operators act a few times an hour.
 *
 * Refuses: console-not-permitted, and what the act itself refuses.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import type { Permission } from '../access/permission.ts';
import { type Operator, whyNot } from '../operator.ts';
import { type ActToRecord, recordAct } from './record-act.ts';

export interface Acted<T> {
  readonly value: T;
  /** What the trail says; absent when nothing was changed after all. */
  readonly entry?: ActToRecord;
}

export async function actAs<T>(
  tx: Tx,
  ground: Ground,
  by: Operator,
  act: { readonly needs: Permission; readonly run: () => Promise<Answer<Acted<T>>> },
): Promise<Answer<T>> {
  const no = whyNot(by, act.needs);
  if (no !== undefined) return refused(no);
  const done = await act.run();
  if (!done.ok) return done;
  if (done.value.entry !== undefined) await recordAct(tx, ground, by, done.value.entry);
  return accepted(done.value.value);
}
