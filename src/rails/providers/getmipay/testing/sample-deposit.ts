/**
 * Is a deposit and a pay-out as the rails would ask for them, and a GetMiPay opened on a test server.
 */
import type { Clock } from '../../../../ground/clock.ts';
import type { DepositIntent, PayoutIntent, Provider, Service } from '../../../provider.ts';
import { completeConfiguration, type GetmipayChoices } from '../configuration.ts';
import { openGetmipay } from '../getmipay.ts';

export const WAVE_CI: Service = {
  id: '32',
  name: 'WAVE CI',
  method: 'wave',
  country: 'CI',
  currency: 'XOF',
  deposits: true,
  withdrawals: true,
  active: true,
  minAmount: 100n,
  maxAmount: 2_000_000n,
  amountStep: 1n,
  needsOtp: false,
};

export const ORANGE_CI: Service = {
  ...WAVE_CI,
  id: '3',
  name: 'OM CI',
  method: 'orange_money',
  needsOtp: true,
};

export function deposit(varied: Partial<DepositIntent> = {}): DepositIntent {
  return {
    paymentId: 'pay_sample',
    service: WAVE_CI,
    amount: { amount: 5_000n, currency: 'XOF' },
    phone: '+2250700000001',
    customerName: 'Awa Échantillon',
    description: 'Recharge',
    callbackUrl: 'https://tontine.example/webhook/getmipay/?t=sample-token',
    ...varied,
  };
}

export function payout(varied: Partial<PayoutIntent> = {}): PayoutIntent {
  return {
    paymentId: 'pay_sample_out',
    service: WAVE_CI,
    amount: { amount: 5_000n, currency: 'XOF' },
    phone: '+2250700000001',
    customerName: 'Awa Échantillon',
    description: 'Retrait',
    ...varied,
  };
}

/** For replies that never come: long enough for a busy machine to connect, short enough to wait for. */
export const IMPATIENT = { connectTimeout_ms: 500, totalTimeout_ms: 500 } as const;

/** With the generation `api-key` unless told otherwise, so that the first request is the one that is tested. */
export function openSample(apiUrl: string, clock: Clock, varied: Partial<GetmipayChoices> = {}): Provider {
  const configuration = completeConfiguration({
    apiUrl,
    publicKey: 'sample_public',
    secretKey: 'sample_secret',
    environment: 'sandbox',
    generation: 'api-key',
    ...varied,
  });
  return openGetmipay(configuration, clock);
}
