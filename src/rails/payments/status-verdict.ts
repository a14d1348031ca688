/**
 * Is what is kept of one answer of the provider about a payment: who asked, what was said, and how it looked.
 *
 * It is evidence for people and decides nothing: `settle` reads the answer itself. Whatever goes in is short and has no
 * number, name or key in it, because the story of a payment is read by support as well.
 */
import type { ProviderStatus, StatusAnswer } from '../provider.ts';

export type AnswerSource = 'callback' | 'enquiry' | 'reconciliation' | 'console';

export type StatusVerdict =
  | ProviderStatus // it knows the payment and says where it stands
  | 'not-found' // it does not know the payment, or not yet
  | 'unavailable'; // nothing that can be read came back

export interface KeptAnswer {
  readonly paymentId: string;
  readonly source: AnswerSource;
  readonly verdict: StatusVerdict;
  /** The provider's own word, or why there is none. */
  readonly word: string;
  readonly paid: string | undefined;
  /** Which transaction of the provider it speaks of, where that is not the payment's own. */
  readonly secondReference: string | undefined;
  readonly httpStatus: number | undefined;
  readonly took_ms: number | undefined;
  readonly excerpt: string | undefined;
}

/** One answer about one payment, and who brought it. */
export interface Answered {
  readonly paymentId: string;
  readonly answer: StatusAnswer;
  readonly source: AnswerSource;
  /** Given when the provider was asked about another transaction than the payment's own. */
  readonly secondReference?: string | undefined;
}

const LONGEST_WORD = 120;
const LONGEST_EXCERPT = 400;

export function keptAnswer({ paymentId, answer, source, secondReference }: Answered): KeptAnswer {
  const { trace } = answer;
  return {
    paymentId,
    source,
    ...saidBy(answer),
    secondReference,
    httpStatus: trace?.httpStatus,
    took_ms: trace === undefined ? undefined : Math.max(0, Math.round(trace.took_ms)),
    excerpt: trace?.excerpt.slice(0, LONGEST_EXCERPT),
  };
}

function saidBy(answer: StatusAnswer): Pick<KeptAnswer, 'verdict' | 'word' | 'paid'> {
  if (answer.found === 'no') return { verdict: 'not-found', word: '', paid: undefined };
  if (answer.found === 'unavailable')
    return { verdict: 'unavailable', word: answer.evidence.slice(0, LONGEST_WORD), paid: undefined };
  const { status, word, paid } = answer;
  return {
    verdict: status,
    word: word.slice(0, LONGEST_WORD),
    paid: paid === undefined || paid === 'unreadable' ? paid : `${paid.amount} ${paid.currency}`,
  };
}
