/**
 * Is the whole ledger as plain data, for the state machine that specifies it.
 */
import type { Uuid } from '../identifiers.ts';
import type { AccountId } from './account.ts';
import type { Coverage } from './id-window.ts';
import type { Transfer } from './transfer.ts';
import type { TransferCode } from './transfer-code.ts';

export interface AccountState {
  readonly limited: boolean;
  readonly currency: string;
  readonly closed: boolean;
  readonly debitsPosted: bigint;
  readonly creditsPosted: bigint;
  readonly debitsPending: bigint;
  readonly creditsPending: bigint;
  /** How many transfers touched it. */
  readonly version: bigint;
}

/** A transfer that happened, with what both accounts held right after it (credits minus debits, posted). */
export interface JournalLine {
  readonly transfer: Transfer;
  readonly debitAfter: bigint;
  readonly creditAfter: bigint;
}

export interface LedgerState {
  readonly coverage: Coverage;
  readonly accounts: Map<AccountId, AccountState>;
  /** Everything that happened, by id. A `Map` keeps the order in which it happened. */
  readonly journal: Map<Uuid, JournalLine>;
  /** How each hold ended. */
  readonly resolutions: Map<Uuid, 'post' | 'void'>;
  /** Burnt ids, with their first refusal. */
  readonly refusals: Map<Uuid, TransferCode>;
}

export function emptyLedger(coverage: Coverage): LedgerState {
  return {
    coverage,
    accounts: new Map(),
    journal: new Map(),
    resolutions: new Map(),
    refusals: new Map(),
  };
}

/** A copy to come back to; the entries themselves are never changed, only replaced. */
export function copyLedger(state: LedgerState): LedgerState {
  return {
    coverage: state.coverage,
    accounts: new Map(state.accounts),
    journal: new Map(state.journal),
    resolutions: new Map(state.resolutions),
    refusals: new Map(state.refusals),
  };
}

/** Makes `state` what the copy was. */
export function restoreLedger(state: LedgerState, copy: LedgerState): void {
  refill(state.accounts, copy.accounts);
  refill(state.journal, copy.journal);
  refill(state.resolutions, copy.resolutions);
  refill(state.refusals, copy.refusals);
}

function refill<K, V>(target: Map<K, V>, source: ReadonlyMap<K, V>): void {
  target.clear();
  for (const [key, value] of source) target.set(key, value);
}
