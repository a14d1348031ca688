/**
 * Is a provider inside this process that has been paid everything that it is asked about: what is measured is ours alone.
 */

import { after, DAY_MS } from '../src/ground/clock.ts';
import type { Ground } from '../src/ground/ground.ts';
import { accountId } from '../src/ground/ledger/account.ts';
import type { Payment } from '../src/rails/payments/payment.ts';
import type { Provider } from '../src/rails/provider.ts';
import { samplePayment } from '../src/rails/testing/sample-payment.ts';

export const READY = 'ready';
const AMOUNT = 10_000n;

export function readyProvider(): Provider {
  const lost = async () => ({ answer: 'unknown', phase: 'lost', evidence: 'not measured' }) as const;
  return {
    name: READY,
    environment: 'sandbox',
    capabilities: {
      clientReference: false,
      idempotentCreate: false,
      lookupByClientReference: false,
      signedCallbacks: false,
      perRequestCallbackUrl: true,
      amountInStatus: true,
    },
    listServices: async () => ({ services: [], fetchedAt: new Date() }),
    createDeposit: lost,
    createPayout: lost,
    lookup: async () => ({ found: 'unavailable', evidence: 'no lookup' }),
    readStatus: async (_direction, references) => ({
      found: 'yes',
      status: 'succeeded',
      word: 'success',
      paid: { amount: AMOUNT, currency: 'XOF' },
      references,
    }),
    readBalance: async () => undefined,
    verifyCallback: () => ({ verdict: 'unsigned' }),
    readCallback: ({ body }) => ({ references: { reference: Buffer.from(body).toString('utf8') } }),
  };
}

/** A deposit of somebody that this provider took a moment ago. */
export function takenDeposit(ground: Ground, ownerId: string): Payment {
  const id = ground.ids.next('pay');
  const now = ground.clock.now();
  return samplePayment({
    id,
    reference: `D-${id.slice(-10, -5).toUpperCase()}-${id.slice(-5).toUpperCase()}`,
    provider: READY,
    ownerId,
    accountId: accountId('member', ownerId, 'XOF'),
    amount: AMOUNT,
    providerReference: `R_${id.slice(4)}`,
    createdAt: now,
    submittedAt: now,
    expiresAt: after(now, DAY_MS),
    nextActionAt: after(now, DAY_MS),
  });
}
