/**
 * Shows the state of a payment in the operator's vocabulary: the one of the glossary, not the one that members read.
 */
import type { Locale } from '../../../../ground/money/money-text.ts';
import type { PaymentState } from '../../../../rails/payments/payment.ts';
import { Chip } from '../../parts/status-chip.tsx';
import type { Mood } from '../../payment-face.ts';
import { wordsFor } from '../../words/words.ts';

const MOODS: Readonly<Record<PaymentState, Mood>> = {
  created: 'waiting',
  'action-required': 'waiting',
  'risk-hold': 'waiting',
  submitting: 'waiting',
  pending: 'waiting',
  unknown: 'asking',
  review: 'asking',
  succeeded: 'good',
  failed: 'bad',
  expired: 'bad',
  cancelled: 'bad',
  reversed: 'bad',
};

export function StateChip({ state, locale }: { readonly state: PaymentState; readonly locale: Locale }) {
  return <Chip mood={MOODS[state]} text={wordsFor(locale).console.states[state]} />;
}

/** A code in words; a code that has none is shown as it is, because hiding it would hide what happened. */
export function codeText(words: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}
