/**
 * Lets a keeper pay notes of their box into a fund from their own wallet, and keep the notes.
 *
 * So notes become wallet money without money from nothing: what the fund gains in wallets its keeper has paid, and
 * what it loses in notes the keeper has taken. Both happen, or neither.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-not-running`,
 * `contribution-amount`, `cash-box-short`, `cash-fund-short`, `wallet-short`, `request-changed`.
 */
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { freeInBox } from './box.ts';
import { type Exchange, findExchange, insertBox, insertExchange, sumPromised } from './cash-box.rows.ts';
import { BOX_SHORT } from './cash-handout.ts';
import { AMOUNT_NOT_POSITIVE } from './contribution.ts';
import { type ExchangedFund, findExchangeFunds } from './exchange-funds.ts';
import { boxAccount, fundAccount, walletOf } from './funds.ts';
import { movesOf } from './moves.ts';
import { postMoves } from './post-moves.ts';
import { settlePayouts } from './settle-payouts.ts';

export interface ExchangeCash extends Entering {
  /** Made when the form was drawn. */
  readonly exchangeId: string;
  readonly fund: ExchangedFund;
  readonly amount: bigint;
}

/** The door has proven the person by their PIN. */
export async function exchangeBox(tx: Tx, ground: Ground, asked: ExchangeCash): Promise<Answer<Exchange>> {
  const { groupId, amount, exchangeId: id } = asked;
  const actor = await enterGroup(tx, ground, asked, 'exchange-cash');
  if (!actor.ok) return actor;
  const keeper = actor.value.membership;
  const now = ground.clock.now();
  const found = await findExchangeFunds(tx, asked, now);
  if (!found.ok) return found;
  const { funds, running } = found.value;
  const { currency } = funds;
  const account = fundAccount(funds, asked.fund, 'wallet');
  const notes = fundAccount(funds, asked.fund, 'cash');
  const earlier = await findExchange(tx, id);
  if (earlier !== undefined) {
    const same = earlier.keeperId === keeper.id && earlier.amount === amount && earlier.accountId === account;
    return same ? accepted(earlier) : refused(REQUEST_CHANGED);
  }
  if (amount <= 0n) return refused(AMOUNT_NOT_POSITIVE);
  const { personId } = keeper;
  invariant(personId !== null, `${keeper.id} keeps a box and is nobody`);
  if ((await freeInBox(tx, { groupId, keeperId: keeper.id, personId, currency })) < amount)
    return refused(BOX_SHORT);
  const promised = await sumPromised(tx, groupId, notes);
  const inFund = (await readBalance(tx, notes))?.available ?? 0n;
  if (inFund - promised < amount) return refused(CASH_FUND_SHORT);
  const exchange: Exchange = {
    id,
    groupId,
    keeperId: keeper.id,
    accountId: account,
    currency,
    amount,
    at: now,
  };
  await insertBox(tx, groupId, keeper.id, now);
  await insertExchange(tx, exchange);
  const facts = { amount: String(amount), fund: asked.fund };
  await writeJournal(tx, ground, {
    groupId,
    act: 'cash.exchanged',
    actorId: keeper.id,
    subjectId: id,
    facts,
  });
  const moved = movesOf(ground, 'tontine.exchanged', id, [
    { row: id, role: 'wallet', from: walletOf(personId, currency), to: account, amount },
    { row: id, role: 'notes', from: notes, to: boxAccount(groupId, personId, currency), amount },
  ]);
  const following = running === undefined ? [] : await settlePayouts(tx, ground, running, moved);
  const transfers = [...moved, ...following];
  const posted = await postMoves(tx, ground, transfers);
  return posted.ok ? accepted(exchange) : posted;
}

export const CASH_FUND_SHORT = refusal(
  'cash-fund-short',
  'conflict',
  'Ce fonds ne contient pas autant, ou c’est déjà promis à quelqu’un.',
  'This fund does not hold that much, or it is already promised to somebody.',
);
