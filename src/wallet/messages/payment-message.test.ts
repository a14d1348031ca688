import { expect, test } from 'vitest';
import type { EventName } from '../../ground/events/event.ts';
import { gsmText, segmentCount } from '../../ground/money/gsm-text.ts';
import { METHODS } from '../../rails/provider.ts';
import { factOf, type MessageFact, messageText } from './payment-message.ts';

const FACTS: readonly MessageFact[] = ['arrived', 'left', 'returned', 'taken-back'];

test.each(FACTS.flatMap((fact) => METHODS.map((method) => [fact, method] as const)))(
  '%s by %s is one 7-bit segment in both languages, with amount and reference and no number',
  (fact, method) => {
    const payment = {
      direction: fact === 'arrived' || fact === 'taken-back' ? 'in' : 'out',
      reference: 'D-01KFB-7Q2VN',
      amount: 150_000_000n,
      credited: 147_750_000n,
      currency: 'XOF',
      method,
    } as const;
    for (const locale of ['fr', 'en'] as const) {
      const text = messageText(fact, payment, locale);
      expect(gsmText(text)).toBe(text);
      expect(segmentCount(text)).toBe(1);
      expect(text).toContain(payment.reference);
      expect(text).toContain(payment.direction === 'in' ? '147' : '150');
      expect(text).not.toMatch(/\d{6}/);
    }
  },
);

test.each<[EventName, 'in' | 'out', Record<string, string>, string | undefined, MessageFact | undefined]>([
  ['payment.succeeded', 'in', {}, undefined, 'arrived'],
  ['payment.succeeded', 'out', {}, undefined, 'left'],
  ['payment.failed', 'in', {}, undefined, undefined],
  ['payment.failed', 'out', {}, undefined, 'returned'],
  ['payment.resolved', 'in', { outcome: 'paid' }, 'resolved', 'arrived'],
  ['payment.resolved', 'in', { outcome: 'failed' }, 'resolved', undefined],
  ['payment.resolved', 'out', { outcome: 'paid' }, 'resolved', 'left'],
  ['payment.resolved', 'out', { outcome: 'failed' }, 'resolved', 'returned'],
  ['payment.failed', 'out', { hold: 'given-back' }, 'failed', undefined],
  ['payment.resolved', 'out', { outcome: 'failed', hold: 'given-back' }, 'resolved', undefined],
  ['payment.resolved', 'out', { outcome: 'paid', hold: 'given-back' }, 'paid-after-release', undefined],
  ['payment.paid-after-release', 'out', {}, 'paid-after-release', 'left'],
  ['payment.reversed', 'in', {}, undefined, 'taken-back'],
  ['payment.reversed', 'out', {}, undefined, 'returned'],
  ['payment.reversed', 'out', {}, 'paid-after-release', undefined],
  ['payment.created', 'in', {}, undefined, undefined],
])('%s of a payment that goes %s with %j and reason %s tells %s', (name, direction, facts, reason, fact) => {
  expect(factOf({ name, facts }, { direction, reason })).toBe(fact);
});
