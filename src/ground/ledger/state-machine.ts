/**
 * Specifies the ledger: what a batch of transfers does and what each is answered.
 *
 * It has no clock, no chance and no database. The SQL function that moves real money must answer code for code what
 * this answers, and leave the same balances; `equivalence.test.ts` holds them together. Where the two differ, this one
 * is right.
 */
import { invariant } from '../refusal.ts';
import { type AccountId, accountCurrency, accountKind, CHART } from './account.ts';
import { type AccountState, copyLedger, type LedgerState, restoreLedger } from './ledger-state.ts';
import type { Transfer } from './transfer.ts';
import { answerOfContent, answerOfId } from './transfer-checks.ts';
import { isPosted, type TransferCode } from './transfer-code.ts';

/** Opens an account; opening twice is opening once, and a closed account stays closed. */
export function openInState(state: LedgerState, id: AccountId): void {
  if (state.accounts.has(id)) return;
  state.accounts.set(id, {
    limited: CHART[accountKind(id)].limited,
    currency: accountCurrency(id),
    closed: false,
    debitsPosted: 0n,
    creditsPosted: 0n,
    debitsPending: 0n,
    creditsPending: 0n,
    version: 0n,
  });
}

/** Closes an account; false when there is none, or when it is not empty. */
export function closeInState(state: LedgerState, id: AccountId): boolean {
  const account = state.accounts.get(id);
  if (account === undefined) return false;
  const empty =
    account.debitsPosted === account.creditsPosted &&
    account.debitsPending === 0n &&
    account.creditsPending === 0n;
  if (empty) state.accounts.set(id, { ...account, closed: true });
  return empty;
}

/** Decides a batch in order and changes `state` accordingly; one answer per transfer. */
export function apply(state: LedgerState, batch: readonly Transfer[], recordedAt: Date): TransferCode[] {
  const codes: TransferCode[] = [];
  for (let start = 0; start < batch.length; start = codes.length) {
    let end = start;
    while (batch[end]?.linked === true && end < batch.length - 1) end++;
    codes.push(...applyChain(state, batch.slice(start, end + 1), recordedAt));
  }
  return codes;
}

/** One chain, or one transfer alone, which is a chain of one. All its new members happen, or none. */
function applyChain(state: LedgerState, chain: readonly Transfer[], recordedAt: Date): TransferCode[] {
  const before = copyLedger(state);
  const isOpen = chain.at(-1)?.linked === true;
  const codes: TransferCode[] = [];
  for (const [place, transfer] of chain.entries()) {
    const leavesOpen = isOpen && place === chain.length - 1;
    const own = answerOfId(state, transfer, recordedAt);
    const code = own ?? (leavesOpen ? 'linked-chain-open' : answerOfContent(state, transfer));
    if (!isPosted(code) || leavesOpen) {
      restoreLedger(state, before);
      return refuseChain(state, chain, { place, code, burns: own === undefined }, recordedAt);
    }
    if (code === 'posted') takeEffect(state, transfer);
    codes.push(code);
  }
  return codes;
}

interface Break {
  readonly place: number;
  readonly code: TransferCode;
  /** False when the id had an answer already. */
  readonly burns: boolean;
}

function refuseChain(
  state: LedgerState,
  chain: readonly Transfer[],
  cause: Break,
  recordedAt: Date,
): TransferCode[] {
  return chain.map((transfer, place) => {
    if (place === cause.place) {
      if (cause.burns) state.refusals.set(transfer.id, cause.code);
      return cause.code;
    }
    const own = answerOfId(state, transfer, recordedAt);
    if (own !== undefined) return own;
    state.refusals.set(transfer.id, 'linked-failed');
    return 'linked-failed';
  });
}

function takeEffect(state: LedgerState, transfer: Transfer): void {
  const { debit, credit, amount, kind } = transfer;
  const reserved = reservedBy(state, transfer);
  const posted = kind === 'single' || kind === 'post' ? amount : 0n;
  const pending = kind === 'pending' ? amount : -reserved;
  const giver = change(state, debit, (account) => ({
    debitsPosted: account.debitsPosted + posted,
    debitsPending: account.debitsPending + pending,
  }));
  const receiver = change(state, credit, (account) => ({
    creditsPosted: account.creditsPosted + posted,
    creditsPending: account.creditsPending + pending,
  }));
  if (transfer.pendingId !== undefined && (kind === 'post' || kind === 'void')) {
    state.resolutions.set(transfer.pendingId, kind);
  }
  state.journal.set(transfer.id, {
    transfer,
    debitAfter: giver.creditsPosted - giver.debitsPosted,
    creditAfter: receiver.creditsPosted - receiver.debitsPosted,
  });
}

/** What the hold that this transfer ends had reserved; nothing for a transfer that ends none. */
function reservedBy(state: LedgerState, transfer: Transfer): bigint {
  if (transfer.pendingId === undefined) return 0n;
  return state.journal.get(transfer.pendingId)?.transfer.amount ?? 0n;
}

function change(
  state: LedgerState,
  id: AccountId,
  difference: (account: AccountState) => Partial<AccountState>,
): AccountState {
  const account = state.accounts.get(id);
  invariant(account !== undefined, `account ${id} has gone`);
  const changed = { ...account, ...difference(account), version: account.version + 1n };
  state.accounts.set(id, changed);
  return changed;
}
