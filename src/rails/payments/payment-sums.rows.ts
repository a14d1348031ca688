/**
 * Answers what limits ask about many payments at once: sums, counts and twins of one account, one owner or one number.
 *
 * The columns of the table are declared in `payment.rows.ts`.
 */
import type { AccountId } from '../../ground/ledger/account.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import type { Payment } from './payment.ts';
import { hasNumber } from './sealed-number.rows.ts';

/** Named with its owner, because a person's payments are found by their owner. */
export interface OwnAccount {
  readonly ownerId: string;
  readonly accountId: AccountId;
}

/** What is on its way into one account: the sum of wanted credits of deposits that may still arrive. */
export async function sumIncoming(reader: Reader, { ownerId, accountId }: OwnAccount): Promise<bigint> {
  const row = await reader
    .selectFrom('payments')
    .select((eb) => eb.fn.sum<string | null>('wanted_credit').as('total'))
    .where('owner_id', '=', ownerId)
    .where('account_id', '=', accountId)
    .where('direction', '=', 'in')
    .where('state', 'in', ['created', 'action-required', 'submitting', 'pending', 'unknown'])
    .executeTakeFirst();
  return BigInt(row?.total ?? 0);
}

/** What was credited to one account by deposits since an instant. */
export async function sumCreditedSince(
  reader: Reader,
  { ownerId, accountId }: OwnAccount,
  since: Date,
): Promise<bigint> {
  const row = await reader
    .selectFrom('payments')
    .select((eb) => eb.fn.sum<string | null>('credited').as('total'))
    .where('owner_id', '=', ownerId)
    .where('account_id', '=', accountId)
    .where('direction', '=', 'in')
    .where('state', '=', 'succeeded')
    .where('settled_at', '>=', since)
    .executeTakeFirst();
  return BigInt(row?.total ?? 0);
}

/** What one owner's withdrawals took since an instant; those that gave the money back do not count. */
export async function sumPaidOutSince(reader: Reader, ownerId: string, since: Date): Promise<bigint> {
  const row = await reader
    .selectFrom('payments')
    .select((eb) => eb.fn.sum<string | null>('amount').as('total'))
    .where('owner_id', '=', ownerId)
    .where('direction', '=', 'out')
    .where('state', 'not in', ['failed', 'cancelled', 'reversed'])
    .where('created_at', '>=', since)
    .executeTakeFirst();
  return BigInt(row?.total ?? 0);
}

/** How many withdrawals went to one number since an instant, and how much, whoever sent them. */
export async function readPaidOutTo(
  reader: Reader,
  phone: string,
  since: Date,
): Promise<{ readonly count: number; readonly amount: bigint }> {
  const row = await reader
    .selectFrom('payments')
    .select((eb) => [eb.fn.countAll<bigint>().as('payouts'), eb.fn.sum<string | null>('amount').as('total')])
    .where(hasNumber(reader, phone))
    .where('direction', '=', 'out')
    .where('state', 'not in', ['failed', 'cancelled', 'reversed'])
    .where('created_at', '>=', since)
    .executeTakeFirst();
  return { count: Number(row?.payouts ?? 0), amount: BigInt(row?.total ?? 0) };
}

/** The withdrawal of the same amount to the same number that may not be repeated while it is open. */
export async function findOpenTwin(reader: Reader, payment: Payment): Promise<string | undefined> {
  const row = await reader
    .selectFrom('payments')
    .select('id')
    .where('provider', '=', payment.provider)
    .where('environment', '=', payment.environment)
    .where('service_id', '=', payment.serviceId)
    .where(hasNumber(reader, payment.phone))
    .where('amount', '=', payment.amount)
    .where('direction', '=', 'out')
    .where('state', 'in', ['submitting', 'pending', 'unknown', 'review'])
    .where('id', '!=', payment.id)
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** How many payments were asked of one phone since an instant, whoever asked. */
export async function countAskedOf(reader: Reader, phone: string, since: Date): Promise<number> {
  const row = await reader
    .selectFrom('payments')
    .select((eb) => eb.fn.countAll<bigint>().as('asked'))
    .where(hasNumber(reader, phone))
    .where('direction', '=', 'in')
    .where('created_at', '>=', since)
    .executeTakeFirst();
  return Number(row?.asked ?? 0);
}
