/**
 * Reads and writes the `accounts` table. The amounts are written by the posting functions alone.
 */
import { type Generated, sql } from 'kysely';
import { columnText } from '../postgres/array-text.ts';
import type { Reader, Tx } from '../postgres/database.ts';
import { keptQuery } from '../postgres/kept-query.ts';
import type { AccountId, Side } from './account.ts';

interface AccountTable {
  key: Generated<bigint>;
  id: AccountId;
  kind: string;
  currency: string;
  normal_side: Side;
  limited: boolean;
  debits_posted: Generated<bigint>;
  credits_posted: Generated<bigint>;
  debits_pending: Generated<bigint>;
  credits_pending: Generated<bigint>;
  version: Generated<bigint>;
  opened_at: Date;
  closed_at: Date | null;
}

declare module '../postgres/database.ts' {
  interface Database {
    accounts: AccountTable;
  }
}

export interface AccountToInsert {
  readonly id: AccountId;
  readonly kind: string;
  readonly currency: string;
  readonly normalSide: Side;
  readonly limited: boolean;
  readonly openedAt: Date;
}

export async function insertAccount(tx: Tx, account: AccountToInsert): Promise<void> {
  await tx
    .insertInto('accounts')
    .values({
      id: account.id,
      kind: account.kind,
      currency: account.currency,
      normal_side: account.normalSide,
      limited: account.limited,
      opened_at: account.openedAt,
      closed_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Those that are not there yet, in the order of their ids. Looking costs less than trying. */
export async function insertAccounts(tx: Tx, accounts: readonly AccountToInsert[]): Promise<void> {
  await sql`/* keep: open-accounts */ insert into accounts (id, kind, currency, normal_side, limited, opened_at)
    select n.id, n.kind, n.currency, n.normal_side, n.limited, n.opened_at
    from unnest(${columnText(accounts, ({ id }) => id)}::text[], ${columnText(accounts, ({ kind }) => kind)}::text[],
      ${columnText(accounts, ({ currency }) => currency)}::text[],
      ${columnText(accounts, ({ normalSide }) => normalSide)}::text[],
      ${columnText(accounts, ({ limited }) => String(limited))}::boolean[],
      ${columnText(accounts, ({ openedAt }) => openedAt.toISOString())}::timestamptz[])
      as n(id, kind, currency, normal_side, limited, opened_at)
    left join lateral (select true as open from accounts a where a.id = n.id offset 0) a on true
    where a.open is null
    order by n.id
    on conflict (id) do nothing`.execute(tx);
}

export interface AccountRow {
  readonly id: AccountId;
  readonly normalSide: Side;
  readonly limited: boolean;
  readonly debitsPosted: bigint;
  readonly creditsPosted: bigint;
  readonly debitsPending: bigint;
  readonly creditsPending: bigint;
  readonly version: bigint;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

export async function findAccount(reader: Reader, id: AccountId): Promise<AccountRow | undefined> {
  const [row] = await askAccount(reader, { id });
  return row;
}

const askAccount = keptQuery('account', (reader, { id }: { readonly id: AccountId }) =>
  selectAccounts(reader).where('id', '=', id),
);

/** Those of the ids that were opened. */
export async function findAccounts(reader: Reader, ids: readonly AccountId[]): Promise<AccountRow[]> {
  if (ids.length === 0) return [];
  return await selectAccounts(reader).where('id', 'in', ids).orderBy('id').execute();
}

export async function listAccounts(reader: Reader): Promise<AccountRow[]> {
  return await selectAccounts(reader).orderBy('id').execute();
}

/** Takes the shard for this transaction: nothing posts until it ends. */
export async function lockShard(tx: Tx): Promise<void> {
  await sql`select lock_shard(0::smallint)`.execute(tx);
}

export async function markClosed(tx: Tx, id: AccountId, closedAt: Date): Promise<void> {
  await tx.updateTable('accounts').set({ closed_at: closedAt }).where('id', '=', id).execute();
}

function selectAccounts(reader: Reader) {
  return reader
    .selectFrom('accounts')
    .select([
      'id',
      'normal_side as normalSide',
      'limited',
      'debits_posted as debitsPosted',
      'credits_posted as creditsPosted',
      'debits_pending as debitsPending',
      'credits_pending as creditsPending',
      'version',
      'opened_at as openedAt',
      'closed_at as closedAt',
    ]);
}
