/**
 * Gives members back what they paid beyond what was ever due: into the wallet what came from wallets, in notes what
 * came in notes.
 *
 * It refuses nothing and posts nothing; it hands back the transfers.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { findMembership, listMembers } from '../members/membership.rows.ts';
import type { MembershipState } from '../members/membership.ts';
import { findPayee } from '../members/payee.ts';
import { insertHandout } from '../rounds/cash-box.rows.ts';
import { listCredits, markCreditReturned } from '../rounds/contribution.rows.ts';
import { type Contribution, creditOf } from '../rounds/contribution.ts';
import { prepaidAccount, walletOf } from '../rounds/funds.ts';
import { movesOf } from '../rounds/moves.ts';
import type { RunningCycle } from './running-cycle.ts';

const EVER: readonly MembershipState[] = ['active', 'suspended', 'resigned', 'expelled', 'deceased'];

export async function returnCredits(tx: Tx, ground: Ground, running: RunningCycle): Promise<Transfer[]> {
  // Whoever handed their share on, left or died may have paid beyond what was due before.
  const members = (await listMembers(tx, running.cycle.groupId, EVER)).map((member) => member.id);
  const transfers: Transfer[] = [];
  for (const contribution of await listCredits(tx, members)) {
    transfers.push(...(await returnOne(tx, ground, running, contribution)));
  }
  return transfers;
}

async function returnOne(
  tx: Tx,
  ground: Ground,
  { funds }: RunningCycle,
  contribution: Contribution,
): Promise<Transfer[]> {
  const { id, groupId, membershipId, method } = contribution;
  const amount = creditOf(contribution);
  const from = prepaidAccount(membershipId, funds.currency, method);
  // Of the dead: their next of kin's, then who paid it; their own wallet only where nobody else's is known.
  const personId =
    (await findPayee(tx, membershipId, funds.currency)) ??
    (await findPayee(tx, contribution.payerId, funds.currency)) ??
    (await findMembership(tx, membershipId))?.personId;
  await markCreditReturned(tx, id, amount);
  if (method === 'wallet' && personId) {
    const to = walletOf(personId, funds.currency);
    return movesOf(ground, 'tontine.credit-returned', id, [
      { row: id, role: 'credit back', from, to, amount },
    ]);
  }
  await insertHandout(tx, {
    id: ground.ids.next('hnd'),
    groupId,
    membershipId,
    purpose: 'credit',
    subjectId: id,
    accountId: from,
    currency: funds.currency,
    amount,
    createdAt: ground.clock.now(),
  });
  return [];
}
