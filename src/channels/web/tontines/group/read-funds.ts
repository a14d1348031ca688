/**
 * Reads what is in the funds of a group and where it is: in wallets or in the boxes of keepers.
 */

import type { AccountId } from '../../../../ground/ledger/account.ts';
import { readBalance } from '../../../../ground/ledger/balance.ts';
import { money } from '../../../../ground/money/money.ts';
import type { Reader } from '../../../../ground/postgres/database.ts';
import type { Group } from '../../../../tontine/groups/group.ts';
import type { GroupReading } from '../../../../tontine/groups/read-group.ts';
import type { AllocatedFund } from '../../../../tontine/rounds/allocation.rows.ts';
import { listKeepers } from '../../../../tontine/rounds/cash-box.rows.ts';
import { boxAccount, fundAccount } from '../../../../tontine/rounds/funds.ts';
import type { Fund } from './funds.tsx';

const KINDS: readonly AllocatedFund[] = ['pot', 'solidarity', 'guarantee', 'fines'];

export async function readFunds(reader: Reader, group: Group, reading: GroupReading): Promise<Fund[]> {
  const { currency, id: groupId } = group;
  const of = { groupId, cycleId: reading.cycle?.id ?? '', currency };
  const funds: Fund[] = [];
  for (const kind of reading.cycle === undefined ? [] : KINDS) {
    const inWallet = await amountOn(reader, fundAccount(of, kind, 'wallet'));
    const inCash = await amountOn(reader, fundAccount(of, kind, 'cash'));
    // A fund that this group does not have is not shown as an empty one.
    if (kind !== 'pot' && inWallet + inCash === 0n) continue;
    funds.push({
      kind,
      total: money(inWallet + inCash, currency),
      ...(inCash === 0n ? {} : { inCash: money(inCash, currency) }),
    });
  }
  return [...funds, ...(await readBoxes(reader, group, reading))];
}

async function readBoxes(reader: Reader, { id, currency }: Group, reading: GroupReading): Promise<Fund[]> {
  const boxes: Fund[] = [];
  for (const keeperId of await listKeepers(reader, id)) {
    const keeper = reading.people.find((one) => one.id === keeperId);
    if (keeper?.personId == null) continue;
    const total = money(await amountOn(reader, boxAccount(id, keeper.personId, currency)), currency);
    boxes.push({ kind: 'box', keeper: keeper.displayName, total });
  }
  return boxes;
}

export async function amountOn(reader: Reader, account: AccountId): Promise<bigint> {
  return (await readBalance(reader, account))?.posted ?? 0n;
}
