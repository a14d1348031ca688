/**
 * Ends what was asked for when somebody said no to it, so that it does not wait for ever.
 *
 * Where nobody answered in time the question may be asked anew, and only a by-law that was proposed falls away.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { withdrawRules } from '../groups/withdraw-rules.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findExit, markExit } from '../members/exit.rows.ts';
import { findAidClaim, markAidClaim } from '../solidarity/aid-claim.rows.ts';
import { markSubstitutionEnded } from '../turns/substitution.rows.ts';
import type { ApprovalRequest } from './approval.ts';

export async function afterRefusal(tx: Tx, ground: Ground, request: ApprovalRequest): Promise<void> {
  const at = ground.clock.now();
  const { kind, subjectId, groupId } = request;
  if (kind === 'rules') await withdrawRules(tx, ground, request);
  if (kind === 'substitution') await markSubstitutionEnded(tx, subjectId, 'refused', at);
  if (kind === 'exit') {
    const exit = await findExit(tx, subjectId);
    if (exit?.state === 'asked') await markExit(tx, { ...exit, state: 'refused', endedAt: at });
  }
  if (kind === 'aid') {
    const claim = await findAidClaim(tx, subjectId);
    if (claim?.state !== 'asked') return;
    await markAidClaim(tx, { ...claim, state: 'refused', endedAt: at });
    await writeJournal(tx, ground, { groupId, act: 'aid.refused', subjectId });
  }
}
