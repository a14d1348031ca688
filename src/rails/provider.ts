/**
 * Is the port behind which every payment provider stands.
 *
 * The cores of the product read capability flags and three-valued answers; no act compares a provider's name, and a
 * provider's own words stop at its adapter. An adapter keeps nothing, retries nothing that moves money, and is never
 * called inside a database transaction.
 */
import type { Currency } from '../ground/money/currency.ts';
import type { Money } from '../ground/money/money.ts';
import type { Refusal } from '../ground/refusal.ts';

/** How a person pays, as the person names it. */
export type Method =
  | 'wave' // the Wave app, over any operator's number
  | 'orange_money' // Orange Money
  | 'moov_money' // Moov Money (Flooz)
  | 'mtn_money' // MTN Mobile Money
  | 'visa'; // a Visa card, on the provider's hosted page

export const METHODS: readonly Method[] = ['wave', 'orange_money', 'moov_money', 'mtn_money', 'visa'];

/** Which way money crosses the border of the books. */
export type Direction =
  | 'in' // a deposit: from the person's mobile money to us
  | 'out'; // a withdrawal: from us to the person's mobile money

/** Whether the money is real. It is part of the identity of everything that a provider says. */
export type Environment = 'sandbox' | 'live';

/** What a provider can and cannot do; recovery plans are chosen from these (`rails.md` §3.1). */
export interface Capabilities {
  /** It takes our own reference when a payment is created. */
  readonly clientReference: boolean;
  /** Creating twice with the same reference moves money once. */
  readonly idempotentCreate: boolean;
  /** A payment can be found by our own reference after a lost answer. */
  readonly lookupByClientReference: boolean;
  /** Its callbacks carry a signature that we can check. */
  readonly signedCallbacks: boolean;
  /** A deposit may carry its own callback address. */
  readonly perRequestCallbackUrl: boolean;
  /** Its status answer repeats the amount. */
  readonly amountInStatus: boolean;
}

/** One way to move money in one country, as the provider offers it at present. */
export interface Service {
  /** The provider's own id: opaque, never hard-coded. */
  readonly id: string;
  readonly name: string;
  readonly method: Method;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly currency: Currency;
  readonly deposits: boolean;
  readonly withdrawals: boolean;
  readonly active: boolean;
  /** Smallest and largest amount of one payment, inclusive, in the currency's smallest unit. */
  readonly minAmount: bigint;
  readonly maxAmount: bigint;
  /** Amounts must be a multiple of this: some operators count in fives. */
  readonly amountStep: bigint;
  /** The person must type a code made by the operator's menu, sent along with the request. */
  readonly needsOtp: boolean;
  /** Announced fee in hundredths of a percent (150 = 1.5 %), when the provider tells. */
  readonly feeBasisPoints?: number;
}

export interface ServiceList {
  readonly services: readonly Service[];
  readonly fetchedAt: Date;
}

/** The provider's names for one payment; the first two are what its status call needs. */
export interface ProviderReferences {
  readonly reference: string;
  readonly upstreamReference?: string;
}

/** What the person must still do after the provider accepted. */
export type PayerAction =
  | { readonly kind: 'approve-on-phone' } // confirm the message that the operator sent to the phone
  | { readonly kind: 'redirect'; readonly url: string }; // continue on the provider's hosted page

/** Why a provider said no, in one vocabulary for all (`rails.md` §3.2). */
export type RejectionCode =
  | 'INVALID_MSISDN'
  | 'PAYER_NOT_FOUND'
  | 'RECIPIENT_NOT_FOUND'
  | 'RECIPIENT_BLOCKED'
  | 'NOT_APPROVED'
  | 'INSUFFICIENT_FUNDS'
  | 'PAYER_LIMIT'
  | 'WALLET_LIMIT'
  | 'AMOUNT_OUT_OF_RANGE'
  | 'AMOUNT_STEP'
  | 'CURRENCY_UNSUPPORTED'
  | 'OTP_INVALID'
  | 'OTP_EXPIRED'
  | 'FLOAT_INSUFFICIENT' // ours: never shown as the person's fault
  | 'RAIL_DOWN'
  | 'AUTH_CONFIG' // our keys are wrong: the operator is told
  | 'UNSPECIFIED';

/**
 * The answer of a call that moves money. There are three, and the third is the one that loses money when it is read
 * as the second: a timeout, a reset, a 5xx, an unreadable success and any thrown error are all *unknown*.
 */
export type CreateAnswer =
  | {
      readonly answer: 'accepted';
      readonly references: ProviderReferences;
      readonly action: PayerAction;
      /** The provider's own state word at creation, already translated; some pay at once. */
      readonly status: ProviderStatus;
      /** Fee taken by the provider and what remains, when told. */
      readonly fee?: Money;
      readonly net?: Money;
    }
  | { readonly answer: 'rejected'; readonly code: RejectionCode; readonly detail: string }
  | {
      readonly answer: 'unknown';
      /** `not-sent` is proven (no connection was made); `lost` is everything else. */
      readonly phase: 'not-sent' | 'lost';
      readonly evidence: string;
    };

/** A payment's state at the provider. An unknown word is `unrecognised`, which is never final. */
export type ProviderStatus = 'pending' | 'succeeded' | 'failed' | 'expired' | 'reversed' | 'unrecognised';

/** How an answer looked on the wire, for the story of the payment: short, without numbers, names or keys. */
export interface AnswerTrace {
  /** Absent when nothing came back. */
  readonly httpStatus?: number;
  readonly took_ms: number;
  readonly excerpt: string;
}

export type StatusAnswer = { readonly trace?: AnswerTrace } & (
  | {
      readonly found: 'yes';
      readonly status: ProviderStatus;
      /** The provider's own word, kept as evidence. */
      readonly word: string;
      /** What the provider says was paid; `undefined` when absent, 'unreadable' when it breaks the amount grammar. */
      readonly paid?: Money | 'unreadable';
      readonly fee?: Money;
      readonly references: ProviderReferences;
      readonly environment?: Environment;
    }
  | { readonly found: 'no' } // not found is not failure: status may lag behind creation
  | { readonly found: 'unavailable'; readonly evidence: string }
);

export interface DepositIntent {
  readonly paymentId: string;
  readonly service: Service;
  /** What the payer is asked for. */
  readonly amount: Money;
  /** The payer's number, E.164 with the plus sign. For a card: the person's own number. */
  readonly phone: string;
  readonly customerName: string;
  readonly description: string;
  /** Where the provider tells us the outcome; carries an unguessable token of this payment. */
  readonly callbackUrl: string;
  /** The code from the operator's menu; passed through, never stored, never logged. */
  readonly otp?: string;
}

export interface PayoutIntent {
  readonly paymentId: string;
  readonly service: Service;
  /** What the recipient is sent. */
  readonly amount: Money;
  /** The recipient's number, E.164 with the plus sign. */
  readonly phone: string;
  readonly customerName: string;
  readonly description: string;
}

/** What a callback claims. A hint and nothing more: the status call decides. */
export interface CallbackHint {
  readonly references?: ProviderReferences;
  readonly claimedStatus?: string;
  /** What makes two deliveries the same one; absent means that the bytes decide. */
  readonly eventId?: string;
  readonly environment?: Environment;
}

export type CallbackVerdict =
  | { readonly verdict: 'verified'; readonly secret: 'current' | 'previous' }
  | { readonly verdict: 'unsigned' } // no secret is configured and the provider is known not to sign
  | { readonly verdict: 'invalid'; readonly reason: string };

export interface CallbackRequest {
  /** The exact bytes received, before any parser. */
  readonly body: Uint8Array;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly contentType: string;
  readonly receivedAt: Date;
}

export interface Balance {
  readonly balance: Money;
  readonly asOf: Date;
}

export interface Provider {
  readonly name: string;
  readonly environment: Environment;
  readonly capabilities: Capabilities;
  /** Services at present; the last good list when the provider cannot be reached (see its `fetchedAt`). */
  listServices(): Promise<ServiceList>;
  /** Asks the payer's phone (or card) for money. Never throws for the provider's behaviour. */
  createDeposit(intent: DepositIntent): Promise<CreateAnswer>;
  /**
   * Sends money to a phone. Never throws for the provider's behaviour. `rejected` must be proven to have happened
   * before anything moved: the hold is released on it. Everything else is `unknown`.
   */
  createPayout(intent: PayoutIntent): Promise<CreateAnswer>;
  /**
   * Finds a payment by our own reference after a lost answer. Only with the flag `lookupByClientReference`; others
   * answer `unavailable`.
   */
  lookup(kind: Direction, paymentId: string): Promise<StatusAnswer>;
  /** Reads the present state of a payment by the references that the provider itself gave. Never throws. */
  readStatus(
    kind: Direction,
    references: ProviderReferences,
    service: { readonly id: string },
  ): Promise<StatusAnswer>;
  /** What the provider holds for us in one currency, or nothing when it cannot say. */
  readBalance(currency: Currency): Promise<Balance | undefined>;
  /** Checks the signature. Pure: no network, no state. */
  verifyCallback(request: CallbackRequest): CallbackVerdict;
  /** Reads what a callback claims; never throws, an unreadable body gives an empty hint. */
  readCallback(request: CallbackRequest): CallbackHint;
}

/** The rejection of a provider in words for the person; ours is never shown as theirs. */
export type RejectionRefusal = (code: RejectionCode) => Refusal;
