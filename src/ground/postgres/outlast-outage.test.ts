/**
 * Tests that a fact outlives an outage of the database, and only that.
 */
import { expect, test } from 'vitest';
import { after, handClock, MINUTE_MS } from '../clock.ts';
import { outlastOutage } from './outlast-outage.ts';

const START = new Date('2026-01-05T08:00:00.000Z');

/** Fails as often as told, then gives the number of tries. */
function failing(times: number, error: Error): () => Promise<number> {
  let tries = 0;
  return async () => {
    tries += 1;
    if (tries <= times) throw error;
    return tries;
  };
}

const away = Object.assign(new Error('nobody listens'), { code: 'ECONNREFUSED' });

async function play(act: () => Promise<number>, patience_ms: number): Promise<number> {
  const clock = handClock(START);
  let ended = false;
  const whole = outlastOutage(clock, after(START, patience_ms), act).finally(() => {
    ended = true;
  });
  void whole.catch(() => undefined);
  for (let turn = 0; !ended && turn < 1_000; turn++) {
    await Promise.resolve();
    if (clock.pauses() > 0) clock.advance(10_000);
  }
  return await whole;
}

test('what fails because the database is away is done again until it works', async () => {
  expect(await play(failing(7, away), 4 * MINUTE_MS)).toBe(8);
});

test('patience ends', async () => {
  await expect(play(failing(500, away), MINUTE_MS)).rejects.toBe(away);
});

test('any other failure is told at once', async () => {
  const broken = new Error('a rule was broken');
  await expect(play(failing(1, broken), MINUTE_MS)).rejects.toBe(broken);
});
