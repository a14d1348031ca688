import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { clonePostgres, freshDatabase } from '../../ground/testing/fresh-database.ts';
import type { StatusAnswer } from '../provider.ts';
import {
  AWA,
  ask,
  balanceOf,
  depositStage,
  eventsOf,
  expectBooksInOrder,
  FLOAT,
  follow,
  hangWhileSending,
  letQuietTimePass,
  NET,
  paymentOf,
  poll,
  RECEIVABLE,
  restart,
  type Stage,
  SUSPENSE,
  send,
  tell,
  trueFloat,
} from '../testing/deposit-stage.ts';

/** What may happen to one deposit, in any order and any number of times. */
const STEPS = [
  'form', // the person sends the form, or sends it again
  'send', // a worker hands over what waits
  'die while sending', // a worker dies after the provider acted and before anything was written
  'wake', // the workers thought dead come back with their answers
  'lose the answer', // from now on the provider acts and its answer gets lost
  'no connection', // from now on nothing reaches the provider
  'connection', // from now on the provider can be reached
  'callback', // the provider tells
  'callback again', // the same bytes once more
  'callback to the common address', // without our token
  'follow', // a worker looks at what was told
  'poll', // a worker asks
  'approve', // the person confirms on the phone
  'fail', // the provider calls it failed
  'take back', // the provider gives the money back to the payer
  'lie', // the provider says failed, whatever is true
  'fall silent', // the status cannot be read
  'tell the truth', // the status can be read again
  'restart', // everything in memory is gone
  'seconds',
  'minutes',
  'a quarter of an hour',
  'a day',
] as const;
type Step = (typeof STEPS)[number];

const LIE: StatusAnswer = { found: 'yes', status: 'failed', word: 'FAILED', references: { reference: '' } };
const SILENCE: StatusAnswer = { found: 'unavailable', evidence: 'http-503' };

/** One deposit on its stage, and what the story needs to remember. */
interface Story {
  readonly stage: Stage;
  readonly id: string;
  readonly wakes: (() => Promise<void>)[];
  /** How often the provider told; makes the bytes of each telling new. */
  told: number;
}

async function take(story: Story, step: Step): Promise<void> {
  const { stage, id } = story;
  const { provider, clock } = stage;
  const truth = provider.truth[0];
  switch (step) {
    case 'form':
      await ask(stage, { paymentId: id });
      return;
    case 'send':
      await send(stage);
      return;
    case 'die while sending':
      story.wakes.push((await hangWhileSending(stage)).wake);
      return;
    case 'wake':
      await Promise.all(story.wakes.splice(0).map(async (wake) => wake()));
      return;
    case 'lose the answer':
      provider.nextCreate = 'lose-after';
      return;
    case 'no connection':
      provider.nextCreate = 'not-sent';
      return;
    case 'connection':
      provider.nextCreate = 'accept';
      return;
    case 'callback':
      story.told += 1;
      await tell(stage, id, `MPAYIN_000001 ${story.told}`);
      return;
    case 'callback again':
      await tell(stage, id, `MPAYIN_000001 ${story.told}`);
      return;
    case 'callback to the common address':
      await tell(stage, undefined, `MPAYIN_000001 ${story.told}`);
      return;
    case 'follow':
      await follow(stage);
      return;
    case 'poll':
      await poll(stage);
      return;
    case 'approve':
      if (truth !== undefined && truth.status !== 'reversed') truth.status = 'succeeded';
      return;
    case 'fail':
      if (truth?.status === 'pending') truth.status = 'failed';
      return;
    case 'take back':
      if (truth?.status === 'succeeded') truth.status = 'reversed';
      return;
    case 'lie':
      provider.statusInstead = LIE;
      return;
    case 'fall silent':
      provider.statusInstead = SILENCE;
      return;
    case 'tell the truth':
      provider.statusInstead = undefined;
      return;
    case 'restart':
      restart(stage);
      return;
    case 'seconds':
      clock.advance(5 * SECOND_MS);
      return;
    case 'minutes':
      clock.advance(4 * MINUTE_MS);
      return;
    case 'a quarter of an hour':
      clock.advance(15 * MINUTE_MS);
      return;
    case 'a day':
      clock.advance(DAY_MS);
      return;
  }
}

/** Whatever happened: the provider ends by telling the truth once, and time passes quietly. */
async function endWell(story: Story): Promise<void> {
  story.stage.provider.statusInstead = undefined;
  if (story.stage.provider.nextCreate === 'not-sent') story.stage.provider.nextCreate = 'accept';
  await ask(story.stage, { paymentId: story.id });
  await letQuietTimePass(story.stage);
  if (story.stage.provider.truth.length > 0) await take(story, 'callback');
  await letQuietTimePass(story.stage);
}

async function expectOneCreditAtMost(story: Story): Promise<void> {
  const { stage, id } = story;
  const { truth } = stage.provider;
  // The phone was asked once at most, whatever was clicked and whoever died.
  expect(truth.length).toBeLessThanOrEqual(1);
  const events = await eventsOf(stage, id);
  expect(events.filter((name) => name === 'payment.succeeded').length).toBeLessThanOrEqual(1);
  const end = truth[0]?.status;
  const { state, credited, nextActionAt } = await paymentOf(stage, id);
  if (end === 'succeeded') expect([state, credited]).toEqual(['succeeded', NET]);
  else if (end === 'reversed') expect(['reversed', 'failed', 'expired']).toContain(state);
  else expect(['failed', 'expired']).toContain(state);
  // Nobody waits for anything any more.
  expect(nextActionAt).toBeUndefined();
  const commands = stage.db.selectFrom('provider_commands').where('finished_at', 'is', null);
  expect(await commands.select('state').execute()).toEqual([]);
  const callbacks = stage.db.selectFrom('provider_callbacks').where('due_at', 'is not', null);
  expect(await callbacks.select('state').execute()).toEqual([]);
  // The books say what the provider holds, and whose it is.
  expect(await balanceOf(stage, FLOAT)).toBe(trueFloat(stage));
  expect(await balanceOf(stage, AWA)).toBe(end === 'succeeded' ? NET : 0n);
  expect(await balanceOf(stage, SUSPENSE)).toBe(0n);
  expect(await balanceOf(stage, RECEIVABLE)).toBe(0n);
  await expectBooksInOrder(stage);
}

/** Groups happen one after another, the steps of a group at the same time. */
async function tellStory(groups: readonly (readonly Step[])[]): Promise<void> {
  const open = await clonePostgres();
  try {
    const stage = await depositStage({ db: open.db });
    const story: Story = { stage, id: stage.ground.ids.next('pay'), wakes: [], told: 1 };
    for (const group of groups) {
      const taken = await Promise.allSettled(group.map(async (step) => await take(story, step)));
      for (const one of taken) if (one.status === 'rejected') throw one.reason;
    }
    await endWell(story);
    await expectOneCreditAtMost(story);
  } finally {
    await open.drop();
  }
}

/** The steps that move a story on come more often, or most stories would end before they begin. */
const step = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...STEPS) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Step>('send', 'follow', 'poll', 'approve', 'callback', 'seconds', 'minutes'),
  },
);
const beginning = fc.constantFrom<Step>('send', 'die while sending', 'lose the answer', 'no connection');
const busy = fc.constantFrom<Step>('send', 'callback', 'callback again', 'follow', 'poll', 'form');

test('in any order, a deposit is credited once when it was paid, and never when it was not', async () => {
  await fc.assert(
    fc.asyncProperty(beginning, fc.array(step, { minLength: 8, maxLength: 30 }), async (first, steps) => {
      await tellStory([['form'], [first], ...steps.map((one) => [one])]);
    }),
    { numRuns: 15, seed: 20260105 },
  );
});

test('and so when everything happens at the same time', async () => {
  const group = fc.tuple(step, fc.array(busy, { minLength: 1, maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(fc.array(group, { minLength: 4, maxLength: 9 }), async (groups) => {
      await tellStory([['form', 'form', 'send'], ...groups.map(([one, others]) => [one, ...others])]);
    }),
    { numRuns: 15, seed: 20260106 },
  );
});

test.each<[string, Step[]]>([
  ['the usual way', ['form', 'send', 'approve', 'callback', 'follow']],
  ['without callbacks', ['form', 'send', 'approve', 'a quarter of an hour', 'poll']],
  ['a callback before the answer', ['form', 'die while sending', 'approve', 'callback', 'follow', 'wake']],
  [
    'a death, then a callback',
    ['form', 'die while sending', 'restart', 'a day', 'send', 'approve', 'callback'],
  ],
  [
    'a death, and another worker soon',
    ['form', 'die while sending', 'minutes', 'send', 'seconds', 'send', 'approve'],
  ],
  ['failed, then paid', ['form', 'send', 'fail', 'minutes', 'poll', 'approve', 'a day', 'poll']],
  [
    'paid, then called failed',
    ['form', 'send', 'approve', 'minutes', 'poll', 'lie', 'seconds', 'callback', 'follow'],
  ],
  [
    'paid, then taken back',
    ['form', 'send', 'approve', 'minutes', 'poll', 'take back', 'seconds', 'callback', 'follow'],
  ],
  ['taken back before we looked', ['form', 'send', 'approve', 'take back', 'minutes', 'poll']],
  ['expired, then paid', ['form', 'send', 'a day', 'poll', 'approve', 'a day', 'poll']],
  [
    'a lost answer, a week of silence, and paid',
    ['lose the answer', 'form', 'send', 'approve', 'fall silent', 'a day'],
  ],
  ['never sent in time', ['form', 'a day', 'send', 'form', 'send']],
])('%s', async (_story, steps) => {
  await tellStory(steps.map((one) => [one]));
});

test('the smoke of it on PGlite', async () => {
  const { db } = await freshDatabase('pglite');
  const stage = await depositStage({ db });
  const story: Story = { stage, id: stage.ground.ids.next('pay'), wakes: [], told: 1 };
  for (const one of ['form', 'send', 'approve', 'callback', 'callback again', 'follow'] as const) {
    await take(story, one);
  }
  await endWell(story);
  await expectOneCreditAtMost(story);
});
