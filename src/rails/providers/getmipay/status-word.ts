/**
 * Translates GetMiPay's words for a payment's state into ours.
 *
 * The list is closed: a word never seen before is `unrecognised`, which is never final. Reading an unknown word as
 * success is how an integration pays out money that never came.
 */
import type { Direction, ProviderStatus } from '../../provider.ts';

/** Spellings found in its documents and in the platform underneath, misspellings included. */
const WORDS: Readonly<Record<string, ProviderStatus>> = {
  pending: 'pending',
  processing: 'pending',
  success: 'succeeded',
  successful: 'succeeded',
  completed: 'succeeded',
  paid: 'succeeded',
  failed: 'failed',
  failure: 'failed',
  faillure: 'failed',
  timeout: 'failed',
  cancelled: 'failed',
  canceled: 'failed',
  rejected: 'failed',
  expired: 'expired',
  refund: 'reversed',
  refunded: 'reversed',
  reversed: 'reversed',
};

export function translateStatus(word: string, direction: Direction): ProviderStatus {
  const known = word.trim().toLowerCase();
  // A withdrawal whose time ran out somewhere may still arrive: only a real failure may release its hold.
  if (direction === 'out' && (known === 'timeout' || known === 'expired')) return 'unrecognised';
  return Object.hasOwn(WORDS, known) ? (WORDS[known] ?? 'unrecognised') : 'unrecognised';
}
