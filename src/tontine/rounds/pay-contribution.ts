/**
 * Pays a contribution from a wallet, once the person is proven.
 *
 * Refuses: `group-absent`, `cycle-not-running`, `member-absent`, `contribution-amount`, `contribution-nothing-due`,
 * `wallet-short`, `request-changed`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, type Refusal, refused } from '../../ground/refusal.ts';
import { type RunningCycle, runningCycle } from '../cycles/running-cycle.ts';
import { listShares } from '../cycles/share.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { findMembership } from '../members/membership.rows.ts';
import { MEMBER_ABSENT, MEMBER_STATES, type Membership } from '../members/membership.ts';
import { findContribution, insertContribution } from './contribution.rows.ts';
import { AMOUNT_NOT_POSITIVE, type Contribution, NOTHING_DUE } from './contribution.ts';
import { countOpenDues } from './due.rows.ts';
import { walletOf } from './funds.ts';
import { receiveMoney } from './receive-money.ts';

export interface PayContribution extends Entering {
  /** Made when the form was drawn. */
  readonly contributionId: string;
  /** For whom; oneself when absent. */
  readonly membershipId?: string;
  readonly amount: bigint;
}

export async function payContribution(
  tx: Tx,
  ground: Ground,
  asked: PayContribution,
): Promise<Answer<Contribution>> {
  const actor = await enterGroup(tx, ground, asked, 'contribute');
  if (!actor.ok) return actor;
  const payer = actor.value.membership;
  const membershipId = asked.membershipId ?? payer.id;
  const earlier = await findContribution(tx, asked.contributionId);
  if (earlier !== undefined) {
    const same =
      earlier.payerId === payer.id &&
      earlier.membershipId === membershipId &&
      earlier.amount === asked.amount;
    return same ? accepted(earlier) : refused(REQUEST_CHANGED);
  }
  const now = ground.clock.now();
  const running = await runningCycle(tx, asked.groupId, now);
  if (!running.ok) return running;
  const member = await findMembership(tx, membershipId);
  const no = await whyNotReceive(tx, running.value, member, asked.amount);
  if (no !== undefined) return refused(no);
  const { cycle } = running.value;
  const contribution: Contribution = {
    id: asked.contributionId,
    groupId: asked.groupId,
    cycleId: cycle.id,
    membershipId,
    payerId: payer.id,
    method: 'wallet',
    keeperId: null,
    currency: cycle.currency,
    amount: asked.amount,
    allocated: 0n,
    returned: 0n,
    state: 'confirmed',
    declaredBy: payer.id,
    declaredAt: now,
    confirmedBy: payer.id,
    confirmedAt: now,
    refusedReason: null,
  };
  await insertContribution(tx, contribution);
  invariant(payer.personId !== null, `${payer.id} pays from no wallet`);
  const from = walletOf(payer.personId, cycle.currency);
  return await receiveMoney(tx, ground, running.value, { contribution, from });
}

/** Whether a contribution for this member can be taken at all. */
export async function whyNotReceive(
  tx: Tx,
  { cycle }: RunningCycle,
  member: Membership | undefined,
  amount: bigint,
): Promise<Refusal | undefined> {
  if (amount <= 0n) return AMOUNT_NOT_POSITIVE;
  if (member === undefined || member.groupId !== cycle.groupId) return MEMBER_ABSENT;
  // What the dead owed may be paid by whoever wants their share to have its pot.
  if (!MEMBER_STATES.includes(member.state) && member.state !== 'deceased') return MEMBER_ABSENT;
  const holds = (await listShares(tx, cycle.id)).some(
    (share) => share.membershipId === member.id && share.state === 'active',
  );
  if (!holds && (await countOpenDues(tx, member.id)) === 0) return NOTHING_DUE;
  return undefined;
}
