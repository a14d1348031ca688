/**
 * Covers a declared default in the order of the by-law, in the moment of the last agreement.
 *
 * The defaulter's own caution and the guarantors pay the defaulter's dues, those that are open now and, as credit, those
 * to come: pots are whole again, and what the guarantee fund had advanced goes back to it. What is not covered so is
 * covered pot by pot when each is handed out, by the fund or by paying what is there (`gap-of-defaults.ts`). The
 * defaulter is debited by their dues alone, once; what they have paid since it was declared nobody else pays again.
 * It posts nothing; it hands back the transfers.
 *
 * Refuses: `default-absent`.
 */
import type { Ground } from '../../ground/ground.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import { cycleWithRules, type RunningCycle } from '../cycles/running-cycle.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { readGuarantee } from '../rounds/advance-guarantee.ts';
import { applyCredits } from '../rounds/apply-credits.ts';
import { insertContribution, listCredits } from '../rounds/contribution.rows.ts';
import { type Contribution, creditOf } from '../rounds/contribution.ts';
import { findGuaranteeDue, markDueForgiven } from '../rounds/due.rows.ts';
import { freeMoney } from '../rounds/free-money.ts';
import { prepaidAccount, walletOf } from '../rounds/funds.ts';
import { movesOf } from '../rounds/moves.ts';
import { settleDues } from '../rounds/settle-dues.ts';
import { settlePayouts } from '../rounds/settle-payouts.ts';
import {
  type CoverSourceName,
  findDefault,
  insertDefaultCover,
  listDefaultClaims,
  markClaimCovered,
  markDefault,
  type ShareDefault,
} from './default.rows.ts';
import { planDefault } from './default.ts';
import { listGuarantors } from './guarantor.rows.ts';
import { findMembership } from './membership.rows.ts';
import { readMissingRounds } from './read-missing-rounds.ts';

interface Covering {
  readonly tx: Tx;
  readonly ground: Ground;
  readonly running: RunningCycle;
  readonly declared: ShareDefault;
  /** What nobody has covered yet. */
  left: bigint;
  readonly transfers: Transfer[];
}

export async function coverDefault(
  tx: Tx,
  ground: Ground,
  request: ApprovalRequest,
): Promise<Answer<Transfer[]>> {
  const declared = await findDefault(tx, { groupId: request.groupId, defaultId: request.subjectId });
  if (declared === undefined) return refused(DEFAULT_ABSENT);
  const running = await cycleWithRules(tx, declared.cycleId, ground.clock.now());
  const missing = await missingNow(tx, running, declared);
  const covering: Covering = { tx, ground, running, declared, left: missing, transfers: [] };
  for (const source of running.rules.defaultCover) {
    if (source === 'deposit') await coverByCaution(covering);
    if (source === 'guarantor') await coverByGuarantors(covering);
  }
  const covered = missing - covering.left;
  await spreadOverClaims(tx, running, declared, covered);
  await markDefault(tx, { ...declared, covered });
  await writeJournal(tx, ground, {
    groupId: declared.groupId,
    act: 'default.covered',
    subjectId: declared.id,
    facts: { debt: String(declared.debt), covered: String(covered) },
  });
  const following = await settlePayouts(tx, ground, running, covering.transfers);
  return accepted([...covering.transfers, ...following]);
}

/** The debt without what the defaulter has paid since, as dues or in advance. */
async function missingNow(tx: Tx, { cycle }: RunningCycle, declared: ShareDefault): Promise<bigint> {
  const rounds = await readMissingRounds(tx, cycle, declared.shareId);
  const credits = await listCredits(tx, [declared.membershipId]);
  const inAdvance = credits.reduce((sum, contribution) => sum + creditOf(contribution), 0n);
  const missing = rounds.reduce((sum, round) => sum + round.amount, 0n) - inAdvance;
  if (missing <= 0n) return 0n;
  return missing < declared.debt ? missing : declared.debt;
}

/** The caution becomes credit, which settles what is due and what will be. */
async function coverByCaution(covering: Covering): Promise<void> {
  const { tx, ground, running, declared } = covering;
  const { funds, rules } = running;
  const due = await findGuaranteeDue(tx, declared.shareId);
  if (due === undefined || due.met === 0n || covering.left === 0n) return;
  const most = await readGuarantee(tx, funds, covering.transfers);
  const freed = await freeMoney(tx, ground, { funds, dueId: due.id, most, amount: covering.left });
  if (freed.amount === 0n) return;
  // It was left once, and has done what it was left for.
  await markDueForgiven(tx, due.id, freed.amount, ground.clock.now());
  covering.transfers.push(...movesOf(ground, 'tontine.default-covered', declared.id, freed.moves));
  const order = rules.allocationOrder;
  const membershipIds = [declared.membershipId];
  covering.transfers.push(...(await applyCredits(tx, ground, { funds, order, membershipIds })));
  await record(covering, 'deposit', null, freed.amount);
}

async function coverByGuarantors(covering: Covering): Promise<void> {
  const { tx, running, declared } = covering;
  for (const { membershipId } of await listGuarantors(tx, declared.shareId)) {
    const personId = (await findMembership(tx, membershipId))?.personId;
    if (personId === null || personId === undefined || covering.left === 0n) continue;
    const wallet = walletOf(personId, running.cycle.currency);
    const available = (await readBalance(tx, wallet))?.available ?? 0n;
    const amount = available < covering.left ? available : covering.left;
    if (amount > 0n) await payFor(covering, membershipId, wallet, amount);
  }
}

/** A contribution on the defaulter's behalf: both have a receipt, and the guarantor a claim. */
async function payFor(
  covering: Covering,
  payerId: string,
  from: ReturnType<typeof walletOf>,
  amount: bigint,
): Promise<void> {
  const { tx, ground, running, declared } = covering;
  const { funds, rules, cycle } = running;
  const now = ground.clock.now();
  const contribution: Contribution = {
    id: ground.ids.next('ctr'),
    groupId: cycle.groupId,
    cycleId: cycle.id,
    membershipId: declared.membershipId,
    payerId,
    method: 'wallet',
    keeperId: null,
    currency: cycle.currency,
    amount,
    allocated: 0n,
    returned: 0n,
    state: 'confirmed',
    declaredBy: payerId,
    declaredAt: now,
    confirmedBy: payerId,
    confirmedAt: now,
    refusedReason: null,
  };
  await insertContribution(tx, contribution);
  const order = rules.allocationOrder;
  const settling = { contribution, amount, source: 'payment', from, purse: 'wallet', funds, order } as const;
  const { moves, credit } = await settleDues(tx, ground, settling);
  const to = prepaidAccount(declared.membershipId, cycle.currency, 'wallet');
  const rest = { row: contribution.id, role: 'prepaid', from, to, amount: credit };
  covering.transfers.push(...movesOf(ground, 'tontine.default-covered', contribution.id, [...moves, rest]));
  await record(covering, 'guarantor', payerId, amount);
}

async function record(
  covering: Covering,
  source: CoverSourceName,
  payerId: string | null,
  amount: bigint,
): Promise<void> {
  const { tx, ground, declared } = covering;
  covering.left -= amount;
  invariant(covering.left >= 0n, `default ${declared.id} was covered beyond its debt`);
  const cover = { id: ground.ids.next('cov'), source, payerId, amount, at: ground.clock.now() };
  await insertDefaultCover(tx, declared.id, cover);
}

/** Each claim is covered in proportion, as `default.ts` says. */
async function spreadOverClaims(
  tx: Tx,
  { cycle }: RunningCycle,
  declared: ShareDefault,
  covered: bigint,
): Promise<void> {
  const claims = await listDefaultClaims(tx, declared.id);
  if (covered === 0n || claims.length === 0) return;
  const missing = claims.map(({ shareId, amount }) => ({ amount, shareIds: [shareId] }));
  const plan = planDefault(missing, [{ kind: 'own-caution', available: covered }], cycle.currency);
  for (const { shareId, amount } of plan.covered) {
    await markClaimCovered(tx, declared.id, { shareId, covered: amount });
  }
}

const DEFAULT_ABSENT = refusal(
  'default-absent',
  'absent',
  'Cette défaillance est introuvable.',
  'This default cannot be found.',
);
