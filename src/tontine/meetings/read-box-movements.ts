/**
 * Reads from the ledger what came into a box and went out of it since a meeting opened.
 *
 * The ledger is asked, not what officers noted at the table: a count is compared with the books, or with nothing.
 */
import { readBalance } from '../../ground/ledger/balance.ts';
import { listStatement } from '../../ground/ledger/statement.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import { findMembership } from '../members/membership.rows.ts';
import { boxAccount } from '../rounds/funds.ts';
import type { BoxMovements } from './cash-count.ts';

/** Lines of one page of the ledger. */
const PAGE = 200;

export interface AskedBox {
  readonly groupId: string;
  readonly keeperId: string;
  readonly currency: Currency;
  /** What it held when the meeting opened, and when that was. */
  readonly opening: bigint;
  readonly since: Date;
}

export async function readBox(reader: Reader, box: Omit<AskedBox, 'opening' | 'since'>): Promise<bigint> {
  return (await readBalance(reader, await accountOf(reader, box)))?.posted ?? 0n;
}

export async function readBoxMovements(reader: Reader, box: AskedBox): Promise<BoxMovements> {
  const { opening, since } = box;
  const account = await accountOf(reader, box);
  const net = (await readBox(reader, box)) - opening;
  let [cameIn, wentOut] = [0n, 0n];
  let before: bigint | undefined;
  for (;;) {
    const lines = await listStatement(reader, account, {
      limit: PAGE,
      ...(before === undefined ? {} : { before }),
    });
    for (const line of lines) {
      // Of movements in the very instant of the opening, those that explain the difference came after it.
      const isOlder = line.recordedAt < since || (line.recordedAt <= since && cameIn - wentOut === net);
      if (isOlder) return settled({ opening, cameIn, wentOut }, net);
      if (line.amount > 0n) cameIn += line.amount;
      else wentOut -= line.amount;
    }
    before = lines.at(-1)?.seq;
    if (lines.length < PAGE) return settled({ opening, cameIn, wentOut }, net);
  }
}

function settled(movements: BoxMovements, net: bigint): BoxMovements {
  invariant(movements.cameIn - movements.wentOut === net, 'a box moved otherwise than its statement says');
  return movements;
}

async function accountOf(
  reader: Reader,
  { groupId, keeperId, currency }: Omit<AskedBox, 'opening' | 'since'>,
) {
  const personId = (await findMembership(reader, keeperId))?.personId;
  invariant(personId !== undefined && personId !== null, `${keeperId} keeps a box and is nobody`);
  return boxAccount(groupId, personId, currency);
}
