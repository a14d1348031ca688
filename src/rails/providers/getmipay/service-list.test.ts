import { expect, test } from 'vitest';
import { handClock, MINUTE_MS, SECOND_MS } from '../../../ground/clock.ts';
import type { Service } from '../../provider.ts';
import { rememberServices } from './service-list.ts';

const START = new Date('2026-01-05T08:00:00Z');

const service = (id: string): Service => ({
  id,
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
});

/** A list whose answers are given in advance, one for each question; `undefined` is a question without answer. */
function opened(...answers: readonly (readonly string[] | undefined)[]) {
  const clock = handClock(START);
  let asked = 0;
  const list = rememberServices(async () => answers[asked++]?.map(service), clock);
  const offered = async (): Promise<string> => {
    const { services } = await list();
    return services.map((one) => `${one.id}${one.active ? '' : ' inactive'}`).join(', ');
  };
  return { clock, list, offered, asked: () => asked };
}

test('a list is asked for once in a quarter of an hour, however many look', async () => {
  const { clock, list, asked } = opened(['1'], ['1', '2']);
  await Promise.all([list(), list(), list()]);
  clock.advance(15 * MINUTE_MS - 1);
  await list();
  expect(asked()).toBe(1);
  clock.advance(1);
  expect((await list()).services).toHaveLength(2);
  expect(asked()).toBe(2);
});

test('without an answer the last good list stays, with its age, and the provider is left alone for a while', async () => {
  const { clock, list, asked } = opened(['1'], undefined, ['1', '2']);
  await list();
  clock.advance(15 * MINUTE_MS);
  expect(await list()).toMatchObject({ services: [{ id: '1', active: true }], fetchedAt: START });
  await list();
  expect(asked()).toBe(2);
  clock.advance(15 * SECOND_MS);
  expect((await list()).services).toHaveLength(2);
});

test('before any answer the list is empty and of no age, and is asked for again at once', async () => {
  const { list } = opened(undefined, ['1']);
  expect(await list()).toEqual({ services: [], fetchedAt: new Date(0) });
  expect((await list()).services).toHaveLength(1);
});

test('a service that is missing once stays; missing twice, it takes no new payment; back, it is there again', async () => {
  const { clock, offered } = opened(['1', '2'], ['1'], undefined, ['1'], ['1', '2']);
  expect(await offered()).toBe('1, 2');
  clock.advance(15 * MINUTE_MS);
  expect(await offered()).toBe('1, 2');
  clock.advance(15 * MINUTE_MS);
  expect(await offered()).toBe('1, 2'); // a question without answer counts for nothing
  clock.advance(15 * SECOND_MS);
  expect(await offered()).toBe('1, 2 inactive');
  clock.advance(15 * MINUTE_MS);
  expect(await offered()).toBe('1, 2');
});
