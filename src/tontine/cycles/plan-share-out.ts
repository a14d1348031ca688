/**
 * Reckons what each member would receive of the common fund, to the franc and before anything moves: its fines and what
 * turns were sold for, by the shares that are still held.
 *
 * Whoever left, and whoever was served and stopped paying, has no part. Notes go first to those who have no wallet,
 * because only notes will do; to everybody else only where there is nothing on accounts any more. What is promised to
 * somebody in notes is not shared.
 *
 * Refuses: `share-out-too-early`, `cycle-not-served`, `cycle-dues-open`, `cycle-notes-open`, `cycle-refund-open`,
 * `share-out-done`, `share-out-nothing`, `share-out-notes-missing`.
 */
import type { AccountId } from '../../ground/ledger/account.ts';
import { readBalances } from '../../ground/ledger/balance.ts';
import { money } from '../../ground/money/money.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { findPayees } from '../members/payee.ts';
import { listOpenHandouts } from '../rounds/cash-box.rows.ts';
import { type Funds, fundAccount, type Purse } from '../rounds/funds.ts';
import { findLastCycle } from './cycle.rows.ts';
import type { Cycle } from './cycle.ts';
import { findOpenEnd } from './find-open-end.ts';
import { listShares } from './share.rows.ts';
import { findShareOut } from './share-out.rows.ts';
import { shareOut } from './share-out.ts';

/** What is common to all in proportion to their shares; help and deposits are not. */
const COMMON_FUNDS = ['fines', 'interest'] as const;

/** One half of a fund, and what of it may go. */
interface Source {
  readonly account: AccountId;
  readonly purse: Purse;
  left: bigint;
}

export interface PlannedPiece {
  readonly account: AccountId;
  readonly purse: Purse;
  readonly amount: bigint;
}

export interface PlannedPart {
  readonly membershipId: string;
  readonly shares: number;
  readonly amount: bigint;
  /** Whose wallet receives it; nobody where only notes will do. */
  readonly personId: string | undefined;
  /** Where it comes from; the sum is `amount`. */
  readonly pieces: readonly PlannedPiece[];
}

export interface ShareOutPlan {
  readonly cycle: Cycle;
  readonly total: bigint;
  /** Among how many shares it is divided. */
  readonly shares: number;
  /** In the order of the shares. */
  readonly parts: readonly PlannedPart[];
}

export async function planShareOut(reader: Reader, groupId: string): Promise<Answer<ShareOutPlan>> {
  const cycle = await findLastCycle(reader, groupId);
  if (cycle === undefined || cycle.state === 'forming') return refused(TOO_EARLY);
  const open = cycle.state === 'running' ? await findOpenEnd(reader, cycle) : undefined;
  if (open !== undefined) return refused(open);
  if ((await findShareOut(reader, cycle.id)) !== undefined) return refused(DONE);
  const funds = { groupId, cycleId: cycle.id, currency: cycle.currency };
  const sources = await readSources(reader, funds);
  const total = sources.reduce((sum, source) => sum + source.left, 0n);
  const holdings = await listHoldings(reader, cycle.id);
  if (total <= 0n || holdings.length === 0) return refused(NOTHING);
  const payees = await findPayees(reader, groupId, cycle.currency);
  const amounts = shareOut(money(total, cycle.currency), holdings);
  const owners = holdings.map(({ memberId: membershipId, shares }, place) => {
    const amount = amounts[place]?.amount ?? 0n;
    return { membershipId, shares, amount, personId: payees.get(membershipId) };
  });
  const pieces = new Map<string, readonly PlannedPiece[]>();
  for (const { membershipId, amount, personId } of owners.toSorted(inOrderOfNeed)) {
    const drawn = draw(sources, amount, personId === undefined ? ['cash'] : ['wallet', 'cash']);
    if (drawn === undefined) return refused(NOTES_MISSING);
    pieces.set(membershipId, drawn);
  }
  const parts = owners.map((owner) => ({ ...owner, pieces: pieces.get(owner.membershipId) ?? [] }));
  const shares = holdings.reduce((sum, one) => sum + one.shares, 0);
  return accepted({ cycle, total, shares, parts: parts.filter((part) => part.amount > 0n) });
}

async function readSources(reader: Reader, funds: Funds): Promise<Source[]> {
  const purses: readonly Purse[] = ['wallet', 'cash'];
  const halves = COMMON_FUNDS.flatMap((fund) =>
    purses.map((purse) => ({ account: fundAccount(funds, fund, purse), purse })),
  );
  const balances = await readBalances(
    reader,
    halves.map((half) => half.account),
  );
  const promised = await listOpenHandouts(reader, funds.groupId);
  return halves.map(({ account, purse }) => {
    const waiting = promised
      .filter((handout) => handout.accountId === account)
      .reduce((sum, handout) => sum + handout.amount, 0n);
    const free = (balances.get(account)?.available ?? 0n) - waiting;
    return { account, purse, left: free > 0n ? free : 0n };
  });
}

/** How many shares each member still holds, in the order of the shares. */
async function listHoldings(
  reader: Reader,
  cycleId: string,
): Promise<{ readonly memberId: string; readonly shares: number }[]> {
  const held = new Map<string, number>();
  for (const { membershipId, state } of await listShares(reader, cycleId))
    if (state === 'active') held.set(membershipId, (held.get(membershipId) ?? 0) + 1);
  return [...held].map(([memberId, shares]) => ({ memberId, shares }));
}

function inOrderOfNeed(left: Pick<PlannedPart, 'personId'>, right: Pick<PlannedPart, 'personId'>): number {
  return Number(left.personId !== undefined) - Number(right.personId !== undefined);
}

/** Takes an amount from the sources, purse after purse; nothing at all when they do not hold it. */
function draw(
  sources: readonly Source[],
  amount: bigint,
  purses: readonly Purse[],
): PlannedPiece[] | undefined {
  const pieces: PlannedPiece[] = [];
  let missing = amount;
  for (const source of purses.flatMap((purse) => sources.filter((one) => one.purse === purse))) {
    const taken = source.left < missing ? source.left : missing;
    if (taken <= 0n) continue;
    source.left -= taken;
    missing -= taken;
    pieces.push({ account: source.account, purse: source.purse, amount: taken });
  }
  return missing === 0n ? pieces : undefined;
}

const TOO_EARLY = refusal(
  'share-out-too-early',
  'conflict',
  'Le fonds commun se partage à la fin d’un cycle.',
  'The common fund is shared out at the end of a cycle.',
);
const DONE = refusal(
  'share-out-done',
  'conflict',
  'Le fonds commun de ce cycle est déjà partagé. Ce qui y entre maintenant se partagera à la fin du prochain.',
  'The common fund of this cycle has been shared out. What enters it now is shared at the end of the next one.',
);
const NOTHING = refusal(
  'share-out-nothing',
  'conflict',
  'Il n’y a rien à partager.',
  'There is nothing to share out.',
);
const NOTES_MISSING = refusal(
  'share-out-notes-missing',
  'conflict',
  'Des membres sans téléphone reçoivent leur part en espèces, et il n’y en a pas assez dans les caisses.',
  'Members without a phone receive their part in notes, and the boxes do not hold enough.',
);
