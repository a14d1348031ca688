/**
 * Pays a contribution from a wallet, once the person is proven.
 *
 * Refuses: `group-absent`, `cycle-not-running`, `member-absent`, `contribution-amount`, `contribution-nothing-due`,
 * `wallet-short`, `request-changed`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { AccountId } from '../../ground/ledger/account.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, type Refusal, refused } from '../../ground/refusal.ts';
import { type RunningCycle, runningCycle } from '../cycles/running-cycle.ts';
import { listShares } from '../cycles/share.rows.ts';
import { type Entering, lookIn } from '../groups/enter-group.ts';
import { lockGroup } from '../groups/group.rows.ts';
import { findMembership } from '../members/membership.rows.ts';
import { MEMBER_ABSENT, MEMBER_STATES, type Membership } from '../members/membership.ts';
import { findContribution, insertContribution } from './contribution.rows.ts';
import { AMOUNT_NOT_POSITIVE, type Contribution, NOTHING_DUE } from './contribution.ts';
import { countOpenDues } from './due.rows.ts';
import { walletOf } from './funds.ts';
import { postMoves } from './post-moves.ts';
import { type TakenIn, takeIn } from './receive-money.ts';

export interface PayContribution extends Entering {
  /** Made when the form was drawn. */
  readonly contributionId: string;
  /** For whom; oneself when absent. */
  readonly membershipId?: string;
  readonly amount: bigint;
}

/** In a transaction of its own that is undone when it answers no. */
export async function payContribution(
  tx: Tx,
  ground: Ground,
  asked: PayContribution,
): Promise<Answer<Contribution>> {
  await lockGroup(tx, asked.groupId);
  const judged = await judgeContribution(tx, ground, asked);
  if (!judged.ok) return judged;
  if (judged.value.earlier !== undefined) return accepted(judged.value.earlier);
  const { contribution, transfers } = await writeContribution(tx, ground, judged.value.wanted);
  const posted = await postMoves(tx, ground, transfers);
  return posted.ok ? accepted(contribution) : posted;
}

/** A contribution that nothing speaks against but perhaps the wallet. */
export interface WantedContribution {
  readonly contribution: Contribution;
  readonly running: RunningCycle;
  readonly from: AccountId;
}

export type JudgedContribution =
  | { readonly earlier: Contribution } // the same form was taken before
  | { readonly earlier?: never; readonly wanted: WantedContribution };

/** Decides under the lock of the group, and writes nothing. */
export async function judgeContribution(
  tx: Tx,
  ground: Ground,
  asked: PayContribution,
): Promise<Answer<JudgedContribution>> {
  const actor = await lookIn(tx, ground, asked, 'contribute');
  if (!actor.ok) return actor;
  const payer = actor.value.membership;
  const membershipId = asked.membershipId ?? payer.id;
  const earlier = await findContribution(tx, asked.contributionId);
  if (earlier !== undefined) {
    const same =
      earlier.payerId === payer.id &&
      earlier.membershipId === membershipId &&
      earlier.amount === asked.amount;
    return same ? accepted({ earlier }) : refused(REQUEST_CHANGED);
  }
  const running = await runningCycle(tx, actor.value);
  if (!running.ok) return running;
  const member = membershipId === payer.id ? payer : await findMembership(tx, membershipId);
  const no = await whyNotReceive(tx, running.value, member, asked.amount);
  if (no !== undefined) return refused(no);
  const { cycle } = running.value;
  const now = ground.clock.now();
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
  invariant(payer.personId !== null, `${payer.id} pays from no wallet`);
  const from = walletOf(payer.personId, cycle.currency);
  return accepted({ wanted: { contribution, running: running.value, from } });
}

/** Writes all but the transfers. */
export async function writeContribution(
  tx: Tx,
  ground: Ground,
  { contribution, running, from }: WantedContribution,
): Promise<TakenIn> {
  await insertContribution(tx, contribution);
  return await takeIn(tx, ground, running, { contribution, from });
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
