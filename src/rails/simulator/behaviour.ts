/**
 * Says how the simulated aggregator behaves for one payment: what it answers, when the state changes, what it sends.
 *
 * Every way in which a real rail misleads its merchants is a value here and not a branch somewhere, so that a magic
 * number, a test and the fault simulator compose the same misbehaviours.
 */
import { MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import type { TransactionState } from './transaction.ts';

/** What the caller gets back from the call that creates the payment. */
export type CreationManner =
  | 'true' // the documented answer
  | 'no-funds' // HTTP 200 with success:false; nothing was created
  | 'no-recipient' // HTTP 422: the wallet is unknown; nothing was created
  | 'slow' // the documented answer, after most clients gave up
  | 'lost' // executed, then the connection breaks without an answer
  | 'error-500' // executed, then HTTP 500
  | 'truncated' // executed, then half of the JSON
  | 'empty' // executed, then an empty 200
  | 'vague-no' // executed, then HTTP 200 with success:false and no clear cause
  | 'error-409' // executed, then HTTP 409
  | 'lost-before' // not executed: the connection breaks without an answer
  | 'busy-429' // not executed: HTTP 429
  | 'gateway-502'; // not executed: a gateway's HTML page

/** How the outcome is told by callback. */
export type CallbackManner =
  | 'once' // one callback per final state, retried until it is accepted
  | 'five-times' // the same one five times at once
  | 'never' // only the status call knows
  | 'forged-first' // one with a wrong signature, then the true one
  | 'before-answer'; // delivered before the create call has answered

/** What is taken from the payer, or given to the recipient. */
export type CollectManner =
  | 'asked' // the amount that was asked
  | 'less' // nine tenths of it
  | 'other-currency'; // the same number in another currency

export interface ScriptStep {
  /** Counted from the creation. */
  readonly after_ms: number;
  readonly state: TransactionState;
  readonly cause: string;
}

export interface Behaviour {
  readonly creation: CreationManner;
  readonly callbacks: CallbackManner;
  readonly collects: CollectManner;
  /** What happens without anybody touching a phone; a step that no longer fits the state is skipped. */
  readonly script: readonly ScriptStep[];
  /** The payer sees a message on the phone screen and decides there. */
  readonly asksPhone: boolean;
  /** For how long the status calls answer "not found". */
  readonly hiddenFor_ms: number;
  /** The word used in place of `success`. */
  readonly successWord?: string;
}

/** A wallet whose number decides how its payments go. */
export interface MagicNumber {
  /** The last four digits of the wallet. */
  readonly ending: string;
  readonly fr: string;
  readonly en: string;
  readonly behaviour: Behaviour;
}

/** A payment that goes as documented, whose payer decides on the phone screen within a quarter of an hour. */
export const ORDINARY: Behaviour = {
  creation: 'true',
  callbacks: 'once',
  collects: 'asked',
  script: [{ after_ms: 15 * MINUTE_MS, state: 'expired', cause: 'payer-silent' }],
  asksPhone: true,
  hiddenFor_ms: 0,
};

/** A card payment: the hosted page decides, within half an hour. */
export const CARD: Behaviour = {
  ...ORDINARY,
  script: [{ after_ms: 30 * MINUTE_MS, state: 'expired', cause: 'payer-silent' }],
  asksPhone: false,
};

/** A card that is paid to: the recipient gives it on the hosted page within half an hour, or the order is dropped. */
export const CARD_PAYOUT: Behaviour = {
  ...CARD,
  script: [{ after_ms: 30 * MINUTE_MS, state: 'failed', cause: 'recipient-silent' }],
};

/** A pay-out needs nobody: the recipient's wallet is filled shortly after. */
export const ORDINARY_PAYOUT: Behaviour = { ...ORDINARY, asksPhone: false, script: settles(2 * SECOND_MS) };

/** The script that succeeds after a delay and does nothing else. */
export function settles(after_ms: number): readonly ScriptStep[] {
  return [{ after_ms, state: 'success', cause: 'script' }];
}
