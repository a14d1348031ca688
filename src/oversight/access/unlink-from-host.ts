/**
 * Unlinks an operator's authenticator in the name of the host, for an installation whose only admin lost the phone.
 *
 * No page leads here: only a command on the machine itself, whose owner could change the row anyway. What the command adds
 * is the entry in the trail, so that the console tells everybody that it was done and why.
 *
 * Refuses: console-reason-missing, second-factor-not-linked.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import { HOST, unlinkSecondFactor } from '../../people/unlink-second-factor.ts';
import { recordAct } from '../audit/record-act.ts';
import { BY_HOST, REASON_MISSING } from '../operator.ts';

export async function unlinkFromHost(
  tx: Tx,
  ground: Pick<Ground, 'clock' | 'ids'>,
  unlinking: { readonly personId: string; readonly reason: string },
): Promise<Answer<undefined>> {
  const reason = unlinking.reason.trim();
  if (reason === '') return refused(REASON_MISSING);
  const { personId } = unlinking;
  const unlinked = await unlinkSecondFactor(tx, ground, { personId, by: HOST });
  if (!unlinked.ok) return unlinked;
  await recordAct(tx, ground, BY_HOST, { act: 'access.factor-unlinked', subjectId: personId, reason });
  return accepted(undefined);
}
