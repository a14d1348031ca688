/**
 * Pays help from the solidarity fund in the moment of the last agreement: into the wallet at once, in notes as something
 * to be handed over.
 *
 * For a member who died it goes to the next of kin: into their wallet where their number has one, in notes otherwise. The
 * fund pays all of it or nothing, and never what it has promised to somebody else. It posts nothing; it hands back the
 * transfers.
 *
 * Refuses: `aid-over`, `aid-fund-short`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findPayee } from '../members/payee.ts';
import { tellMembers } from '../members/tell-members.ts';
import { insertHandout, sumPromised } from '../rounds/cash-box.rows.ts';
import { fundAccount, walletOf } from '../rounds/funds.ts';
import { movesOf } from '../rounds/moves.ts';
import { type AidClaim, findAidClaim, markAidClaim } from './aid-claim.rows.ts';

export async function grantAid(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const claim = await findAidClaim(tx, request.subjectId);
  if (claim?.state !== 'asked') return refused(AID_OVER);
  const { groupId, currency, amount } = claim;
  // The fund is the group's: no cycle plays a part in its name.
  const funds = { groupId, cycleId: claim.cycleId ?? groupId, currency };
  const from = {
    wallet: fundAccount(funds, 'solidarity', 'wallet'),
    cash: fundAccount(funds, 'solidarity', 'cash'),
  };
  const personId = await findPayee(tx, claim.membershipId, currency);
  const inWallet = (await readBalance(tx, from.wallet))?.available ?? 0n;
  const wallet = personId === undefined ? 0n : inWallet < amount ? inWallet : amount;
  const cash = amount - wallet;
  const promised = await sumPromised(tx, groupId, from.cash);
  const inCash = ((await readBalance(tx, from.cash))?.available ?? 0n) - promised;
  if (cash > 0n && cash > inCash) return refused(AID_FUND_SHORT);
  const now = ground.clock.now();
  if (cash > 0n) {
    await insertHandout(tx, {
      id: ground.ids.next('hnd'),
      groupId,
      membershipId: claim.membershipId,
      purpose: 'aid',
      subjectId: claim.id,
      accountId: from.cash,
      currency,
      amount: cash,
      createdAt: now,
    });
  }
  await recordAid(tx, ground, { ...claim, state: 'granted', walletPaid: wallet, cashWaiting: cash });
  await tell(tx, ground, claim, cash);
  if (personId === undefined || wallet === 0n) return accepted([]);
  const move = {
    row: claim.id,
    role: 'aid',
    from: from.wallet,
    to: walletOf(personId, currency),
    amount: wallet,
  };
  return accepted(movesOf(ground, 'tontine.aid-granted', claim.id, [move]));
}

/** Writes what was handed over by now; all of it, and it is paid. */
export async function recordAid(tx: Tx, ground: Ground, claim: AidClaim): Promise<void> {
  const isWhole = claim.walletPaid + claim.cashPaid === claim.amount;
  await markAidClaim(tx, isWhole ? { ...claim, state: 'paid', endedAt: ground.clock.now() } : claim);
}

async function tell(tx: Tx, ground: Ground, claim: AidClaim, cash: bigint): Promise<void> {
  const { groupId, id: subjectId, event, membershipId } = claim;
  const facts = { event, amount: String(claim.amount), inNotes: String(cash), for: membershipId };
  await writeJournal(tx, ground, { groupId, act: 'aid.granted', subjectId, facts });
  await tellMembers(tx, ground, { groupId, to: [membershipId], kind: 'aid.granted', subjectId, facts });
  await recordEvent(tx, ground, { name: 'aid.granted', subjectId, facts });
}

const AID_OVER = refusal(
  'aid-over',
  'conflict',
  'Cette demande de secours est déjà décidée.',
  'This request for help is already decided.',
);
const AID_FUND_SHORT = refusal(
  'aid-fund-short',
  'conflict',
  'La caisse de solidarité ne contient pas assez pour ce secours.',
  'The solidarity fund does not hold enough for this help.',
);
