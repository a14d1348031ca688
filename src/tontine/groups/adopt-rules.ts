/**
 * Adopts a proposed by-law: all members are told now, and it takes effect when their notice is over.
 *
 * Called when enough officers said yes. It refuses nothing.
 */
import { after, HOUR_MS } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { tellGroup } from '../members/tell-members.ts';
import { currentRules, markRulesAdopted } from './group-rules.rows.ts';
import { writeJournal } from './write-journal.ts';

export async function adoptRules(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const { groupId, subjectId } = request;
  const at = ground.clock.now();
  const version = Number(request.facts.version);
  // The notice is that of the by-law which still holds: a new one cannot shorten its own.
  const { rules } = await currentRules(tx, groupId, at);
  const takesEffectAt = after(at, rules.noticeHours * HOUR_MS);
  await markRulesAdopted(tx, { groupId, version }, at, takesEffectAt);
  const facts = { version: String(version), takesEffectAt: takesEffectAt.toISOString() };
  await tellGroup(tx, ground, {
    groupId,
    kind: 'rules.adopted',
    subjectId,
    facts,
  });
  await writeJournal(tx, ground, { groupId, act: 'rules.adopted', subjectId, facts });
  await recordEvent(tx, ground, { name: 'group.rules-changed', subjectId: groupId, facts });
  return accepted([]);
}
