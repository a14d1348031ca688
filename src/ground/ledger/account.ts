/**
 * Names the accounts of the ledger and says how each kind behaves.
 *
 * An account id is text that a person can read in a proof: kind, owner, currency. It is built in one place only, so
 * that two floors never mean two accounts by two spellings of the same one.
 */
import { type Currency, isCurrency } from '../money/currency.ts';
import { invariant } from '../refusal.ts';

export type AccountKind =
  | 'member' // what we owe a person: the wallet
  | 'float' // what a provider holds for us
  | 'suspense' // money that arrived and whose owner is not certain yet
  | 'receivable' // what a person owes us
  | 'fees-provider' // what providers took for their work
  | 'fees-platform' // what the host earned
  | 'pot' // what a cycle has collected and not yet handed over
  | 'solidarity' // a group's fund for hard times
  | 'guarantee' // what members left as security
  | 'fines' // fines that a group has collected
  | 'prepaid' // what a member paid beyond what was due
  | 'savings' // what a group's members saved together
  | 'loans' // what borrowers owe a group
  | 'interest' // what a group earned on its loans
  | 'cashback' // what the host gave back to its members
  | 'cash'; // notes and coins in a keeper's box

/** The side on which an account of this kind grows. */
export type Side =
  | 'debit' // what is owned, or was spent
  | 'credit'; // what is owed, or was earned

export interface AccountRules {
  readonly normalSide: Side;
  /** Its debits may never exceed its credits: nobody spends what is not there. */
  readonly limited: boolean;
}

/** Every kind of account and its rules: the chart of accounts. */
export const CHART: Readonly<Record<AccountKind, AccountRules>> = {
  member: { normalSide: 'credit', limited: true },
  float: { normalSide: 'debit', limited: false },
  suspense: { normalSide: 'credit', limited: true },
  receivable: { normalSide: 'debit', limited: false },
  'fees-provider': { normalSide: 'debit', limited: false },
  'fees-platform': { normalSide: 'credit', limited: false },
  pot: { normalSide: 'credit', limited: true },
  solidarity: { normalSide: 'credit', limited: true },
  guarantee: { normalSide: 'credit', limited: true },
  fines: { normalSide: 'credit', limited: true },
  prepaid: { normalSide: 'credit', limited: true },
  savings: { normalSide: 'credit', limited: true },
  loans: { normalSide: 'debit', limited: false },
  interest: { normalSide: 'credit', limited: false },
  cashback: { normalSide: 'debit', limited: false },
  cash: { normalSide: 'debit', limited: false },
};

/** The name of one account, such as `member:per_x:XOF`. */
export type AccountId = string & { readonly accountId: unique symbol };

const OWNER_SHAPE = /^[A-Za-z0-9_-]{1,60}(:[A-Za-z0-9_-]{1,60})?$/;

/**
 * The id of the account of this kind, owner and currency. The owner is one or two ids (`grp_x`, `grp_x:per_y`), or
 * `all` where there is only one. Throws `BrokenInvariant` for any other shape.
 */
export function accountId(kind: AccountKind, owner: string, currency: Currency): AccountId {
  invariant(OWNER_SHAPE.test(owner), `'${owner}' cannot own an account`);
  return `${kind}:${owner}:${currency}` as AccountId;
}

/** The currency in which the account counts. */
export function accountCurrency(id: AccountId): Currency {
  const currency = id.slice(id.lastIndexOf(':') + 1);
  invariant(isCurrency(currency), `account ${id} has no currency`);
  return currency;
}

/** What kind of account it is. */
export function accountKind(id: AccountId): AccountKind {
  const kind = id.slice(0, id.indexOf(':'));
  invariant(isAccountKind(kind), `account ${id} has no kind`);
  return kind;
}

function isAccountKind(text: string): text is AccountKind {
  return Object.hasOwn(CHART, text);
}
