/**
 * Plays some two hundred universes, the seeds that once lost something, and asks whether the generator still generates.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCoverage, type Coverage } from './coverage.ts';
import { openUniverses, type Universes } from './open-universes.ts';
import { STATEMENT_FAULTS } from './provider-statement.ts';
import { hasTontine } from './tontine-story.ts';
import { playUniverse } from './universe.ts';
import { ALL_FAULTS } from './weather.ts';

const SEEDS = 150;
/** In one of a hundred universes a message fails for good. */
const MESSAGE_FAILS = 'test 220';

let universes: Universes;
beforeAll(async () => {
  universes = await openUniverses();
});
afterAll(async () => await universes.close());

const remembered = readFileSync(new URL('./seeds.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^(test )?\d/.test(line));

test.each(remembered)('seed %s', async (line) => {
  const seed = /^(test )?\d+/.exec(line)?.[0] ?? '';
  expect((await playUniverse(await universes.db(), { seed })).failures).toEqual([]);
});

test('the same seed is the same universe, to the byte', async () => {
  // The third one has a group of savers.
  const savers = Array.from({ length: 200 }, (_, place) => String(place)).find(hasTontine) ?? '';
  for (const seed of ['7', '8', savers]) {
    const first = await playUniverse(await universes.db(), { seed });
    const again = await playUniverse(await universes.db(), { seed });
    expect(again.digest).toBe(first.digest);
  }
});

async function playAll(seeds: readonly string[]): Promise<Coverage> {
  const coverage: Coverage = new Map();
  const failures: string[] = [];
  for (const seed of seeds) {
    const ending = await playUniverse(await universes.db(), { seed });
    addCoverage(coverage, ending.coverage);
    failures.push(...ending.failures.map((failure) => `${seed}: ${failure}`));
  }
  expect(failures).toEqual([]);
  return coverage;
}

const SAVERS = 16;

test(`${SAVERS} universes with savers lose nothing, and do with a group's money what can be done with it`, async () => {
  const seeds = Array.from({ length: 1_000 }, (_, place) => `savers ${place}`).filter(hasTontine);
  const coverage = await playAll(seeds.slice(0, SAVERS));
  const wanted = [
    ...['contributed', 'paid-out', 'handed-over', 'exchanged', 'corrected', 'variance'].map(
      (kind) => `journal tontine.${kind}`,
    ),
    'contributeTogether yes',
    'claimAid yes',
    'giveVoice aid-fund-short',
    'proposeWaiver yes',
    'giveVoice cash-count-stale',
    'countCash cash-variance-agreed',
    'takeNotes yes',
    'fined by hand',
    ...['exit settled', 'recordDeath yes', 'standGuarantor yes', 'declareDefault yes'],
    'requestExit member-keeps-notes',
    ...['auction.awarded', 'turn.swapped', 'share.substituted'].map((name) => `event ${name}`),
    ...['premium-paid', 'shared-out'].map((kind) => `journal tontine.${kind}`),
    'share-out share-out-notes-missing',
    'revealDraw yes',
    'cycle ended',
  ];
  expect(wanted.filter((what) => !coverage.has(what))).toEqual([]);
}, 300_000);

test(`${SEEDS} universes lose nothing, and reach what they are made for`, async () => {
  const seeds = Array.from({ length: SEEDS }, (_, place) => `test ${place + 1}`);
  const coverage = await playAll([...seeds, MESSAGE_FAILS]);
  const wanted = [
    ...ALL_FAULTS.filter((fault) => fault !== 'crash').map((fault) => `fault ${fault}`),
    ...['begin', 'before commit', 'after commit', 'before call', 'after call'].map(
      (point) => `crash ${point}`,
    ),
    ...['succeeded', 'failed', 'expired', 'pending', 'unknown', 'review', 'reversed'].map(
      (state) => `state in ${state}`,
    ),
    ...['succeeded', 'failed', 'cancelled', 'pending', 'review', 'risk-hold'].map(
      (state) => `state out ${state}`,
    ),
    ...['settled', 'suspended', 'reversed'].map((kind) => `journal deposit.${kind}`),
    ...['held', 'paid', 'released', 'returned'].map((kind) => `journal withdrawal.${kind}`),
    ...['jwt', 'api-key', 'idempotent'].map((rail) => `rail ${rail}`),
    ...['callbacks', 'questions'].map((kind) => `burst of ${kind}`),
    'second payment credited',
    ...['sent', 'failed', 'too-late', 'kept-back'].map((state) => `message ${state}`),
    ...STATEMENT_FAULTS.map((fault) => `fault ${fault}`),
    ...['duplicate', 'fee', 'missing-at-provider', 'missing-in-ledger'].map((kind) => `break ${kind}`),
    ...['unknown reference', 'as a form', 'clock ahead', 'clock behind'].map(
      (kind) => `fault callback ${kind}`,
    ),
    ...['other-keys', 'database-away', 'callback-again', 'forged stale', 'forged byte'].map(
      (fault) => `fault ${fault}`,
    ),
  ];
  expect(wanted.filter((what) => !coverage.has(what))).toEqual([]);
}, 900_000);
