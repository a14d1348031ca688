/**
 * Is what a person is told by text message about a payment: that money came into the wallet, or left it.
 *
 * A message says how much, by what, and the reference; never a number, a balance or a code, because phones are shared and
 * a message is read over a shoulder. Each is one 7-bit segment: the second would cost as much again.
 */
import type { EventName } from '../../ground/events/event.ts';
import { gsmText } from '../../ground/money/gsm-text.ts';
import { money } from '../../ground/money/money.ts';
import { type Locale, moneyText } from '../../ground/money/money-text.ts';
import type { Payment } from '../../rails/payments/payment.ts';
import type { Method } from '../../rails/provider.ts';

/** What a message tells. */
export type MessageFact =
  | 'arrived' // a deposit is in the wallet
  | 'left' // a withdrawal was paid
  | 'returned' // a withdrawal did not arrive, and its money is back in the wallet
  | 'taken-back'; // the provider took a deposit back

/** What became of a message. */
export type MessageState =
  | 'waiting' // written down, not sent
  | 'sending' // given to the gateway, whose word is not known; it is not sent again
  | 'sent' // the gateway took it
  | 'failed' // the gateway did not take it
  | 'unwanted' // the person does not want messages, or is here no more
  | 'kept-back' // the day's budget, or the person's share of it, is used up
  | 'too-late'; // it waited for more than an hour: news of the morning in the evening only frightens

export interface PaymentMessage {
  readonly id: string;
  readonly eventId: string;
  readonly paymentId: string;
  readonly personId: string;
  readonly fact: MessageFact;
  readonly state: MessageState;
  readonly happenedAt: Date;
  readonly writtenAt: Date;
  readonly doneAt: Date | undefined;
}

/** Events after which a person may be told something. */
export const TOLD_EVENTS: readonly EventName[] = [
  'payment.succeeded',
  'payment.failed',
  'payment.resolved',
  'payment.paid-after-release',
  'payment.reversed',
];

type ToldPayment = Pick<Payment, 'direction' | 'reason'>;

/** What an event means for the person's money; nothing when nothing of theirs moved. */
export function factOf(
  event: { readonly name: EventName; readonly facts: Readonly<Record<string, string>> },
  payment: ToldPayment,
): MessageFact | undefined {
  const goesIn = payment.direction === 'in';
  // The money was back before, and that was told; paid all the same has an event of its own.
  if (event.facts.hold === 'given-back') return undefined;
  const [paid, unpaid] = goesIn ? (['arrived', undefined] as const) : (['left', 'returned'] as const);
  switch (event.name) {
    case 'payment.succeeded':
    case 'payment.paid-after-release':
      return paid;
    case 'payment.failed':
      return unpaid;
    case 'payment.resolved':
      return event.facts.outcome === 'paid' ? paid : unpaid;
    case 'payment.reversed':
      if (goesIn) return 'taken-back';
      // What was paid after its release comes back to whom it was owed: the wallet had its money already.
      return payment.reason === 'paid-after-release' ? undefined : 'returned';
    default:
      return undefined;
  }
}

export type MessagePayment = Pick<
  Payment,
  'direction' | 'reference' | 'amount' | 'credited' | 'currency' | 'method'
>;

export function messageText(fact: MessageFact, payment: MessagePayment, locale: Locale): string {
  const moved = payment.direction === 'in' ? (payment.credited ?? payment.amount) : payment.amount;
  const amount = moneyText(money(moved, payment.currency), 'ascii', locale);
  const text = TEXTS[locale][fact]({ amount, method: NAMES[payment.method], reference: payment.reference });
  return gsmText(text);
}

interface Told {
  readonly amount: string;
  readonly method: string;
  readonly reference: string;
}

const NAMES: Readonly<Record<Method, string>> = {
  wave: 'Wave',
  orange_money: 'Orange Money',
  moov_money: 'Moov Money',
  mtn_money: 'MTN Money',
  visa: 'Visa',
};

const TEXTS: Readonly<Record<Locale, Readonly<Record<MessageFact, (told: Told) => string>>>> = {
  fr: {
    arrived: ({ amount, method, reference }) =>
      `Tontine Pro: recharge reçue, ${amount} sont dans votre portefeuille (${method}). Réf. ${reference}.`,
    left: ({ amount, method, reference }) =>
      `Tontine Pro: retrait de ${amount} versé par ${method}. Réf. ${reference}. Ce n'était pas vous? Prévenez-nous vite.`,
    returned: ({ amount, method, reference }) =>
      `Tontine Pro: retrait de ${amount} par ${method} non abouti. L'argent est de retour dans votre portefeuille. Réf. ${reference}.`,
    'taken-back': ({ amount, method, reference }) =>
      `Tontine Pro: ${method} a repris votre recharge de ${amount}. Réf. ${reference}. Une question? Appelez-nous.`,
  },
  en: {
    arrived: ({ amount, method, reference }) =>
      `Tontine Pro: top-up received, ${amount} are in your wallet (${method}). Ref. ${reference}.`,
    left: ({ amount, method, reference }) =>
      `Tontine Pro: withdrawal of ${amount} paid by ${method}. Ref. ${reference}. It was not you? Tell us at once.`,
    returned: ({ amount, method, reference }) =>
      `Tontine Pro: withdrawal of ${amount} by ${method} did not go through. The money is back in your wallet. Ref. ${reference}.`,
    'taken-back': ({ amount, method, reference }) =>
      `Tontine Pro: ${method} took your top-up of ${amount} back. Ref. ${reference}. A question? Call us.`,
  },
};
