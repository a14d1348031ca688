/**
 * Plays the faults of answers: lost, garbled, refused, delayed, unknown; and what must then not happen a second time.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/ground/clock.ts';
import type { Scenario, Stage } from '../stage.ts';
import type { MoveFault } from '../weather.ts';
import { pendingDeposit } from './callbacks.ts';

const GARBLED: readonly MoveFault[] = [
  'http-500-after',
  'http-502-page',
  'empty-200',
  'truncated',
  'http-409',
  'http-429',
];

export const LOST_ANSWER_SCENARIOS: readonly Scenario[] = [
  {
    id: 'F15',
    fault: 'deposit: the answer is lost and the provider did execute',
    required: 'unknown, then found by its callback, credited once',
    play: async (stage) => {
      const id = await lostDeposit(stage, 'lost-after');
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      await stage.state(id, 'succeeded');
      stage.must((await stage.available()) === 4_925n, 'the credit is not 4 925');
    },
  },
  {
    id: 'F16',
    fault: 'deposit: the answer is lost and the provider did not execute',
    required: 'unknown, then expired after a day; never two charges',
    play: async (stage) => {
      const id = await lostDeposit(stage, 'lost-before');
      await stage.wait(20 * MINUTE_MS);
      await stage.enquire();
      await stage.state(id, 'unknown');
      await stage.wait(DAY_MS);
      await stage.enquire();
      await stage.state(id, 'expired');
    },
  },
  {
    id: 'F17',
    fault: 'pay-out: the answer is lost, it was executed, and the provider can be asked',
    required: 'the hold is kept, it is found and paid; never sent twice',
    rail: 'idempotent',
    play: async (stage) => {
      const id = await lostPayout(stage, 'lost-after', 'unknown');
      stage.decide(id, 'success');
      await stage.wait(11 * SECOND_MS);
      await stage.enquire();
      await stage.state(id, 'succeeded');
    },
  },
  {
    id: 'F18',
    fault: 'pay-out: the answer is lost, it was not executed, and the provider can be asked',
    required: 'not found twice, then the same instruction once more, then paid',
    rail: 'idempotent',
    play: async (stage) => {
      const id = await lostPayout(stage, 'lost-before', 'unknown');
      for (let asked = 0; asked < 2; asked++) {
        await stage.wait(3 * MINUTE_MS);
        await stage.enquire();
      }
      await stage.send();
      await stage.state(id, 'pending');
      stage.decide(id, 'success');
      await stage.wait(11 * SECOND_MS);
      await stage.enquire();
      await stage.state(id, 'succeeded');
    },
  },
  {
    id: 'F19',
    fault: 'pay-out: the answer is lost on a rail that cannot be asked',
    required: 'review, hold kept, never sent again',
    play: async (stage) => {
      const id = await lostPayout(stage, 'lost-after', 'review');
      const available = await stage.available();
      await stage.wait(3 * DAY_MS);
      await stage.send();
      await stage.enquire();
      await stage.state(id, 'review');
      stage.must((await stage.available()) === available, 'the hold was given back');
    },
  },
  ...GARBLED.flatMap((fault) => [
    {
      id: `F20 in ${fault}`,
      fault: `deposit: answered with ${fault}`,
      required: 'unknown',
      play: async (stage: Stage) => {
        await lostDeposit(stage, fault);
      },
    },
    {
      id: `F20 out ${fault}`,
      fault: `pay-out: answered with ${fault}`,
      required: 'review, hold kept',
      play: async (stage: Stage) => {
        await lostPayout(stage, fault, 'review');
      },
    },
  ]),
  {
    id: 'F21',
    fault: 'a clear refusal',
    required: 'failed, the hold given back once',
    play: async (stage) => {
      await stage.fund(10_000n);
      const before = await stage.available();
      const id = await stage.withdraw(5_000n);
      stage.must((await stage.available()) === before - 5_050n, 'nothing was held');
      stage.next('refused');
      await stage.send();
      await stage.state(id, 'failed');
      stage.must((await stage.available()) === before, 'the hold was not given back');
    },
  },
  {
    id: 'F22',
    fault: 'the provider says that it has the instruction already',
    required: 'read as accepted',
    rail: 'idempotent',
    play: async (stage) => {
      const id = await lostPayout(stage, 'lost-after', 'unknown');
      stage.truth(id).hiddenUntil = new Date(stage.world.clock.now().getTime() + 5 * MINUTE_MS);
      for (let asked = 0; asked < 2; asked++) {
        await stage.wait(130 * SECOND_MS);
        await stage.enquire();
      }
      await stage.send();
      await stage.state(id, 'pending');
    },
  },
  {
    id: 'F23',
    fault: '401 in the middle of the flow',
    required: 'one new token, the same payment; nothing twice',
    play: async (stage) => {
      await stage.fund(10_000n);
      const id = await stage.withdraw(5_000n);
      stage.next('http-401', 'well');
      await stage.send();
      await stage.state(id, 'pending');
    },
  },
  {
    id: 'F24',
    fault: 'the provider is out of reach for ten minutes',
    required: 'nothing is lost; the queue drains',
    play: async (stage) => {
      await stage.fund(20_000n);
      const ids = [await stage.withdraw(5_000n), await stage.withdraw(2_000n), await stage.withdraw(1_000n)];
      for (let minute = 0; minute < 5; minute++) {
        stage.next('not-sent', 'not-sent', 'not-sent');
        stage.nextRead('read-500', 'read-500', 'read-lost');
        await stage.send();
        await stage.wait(MINUTE_MS);
      }
      stage.world.network.nextMoves.length = 0;
      stage.world.network.nextReads.length = 0;
      for (let minute = 0; minute < 6; minute++) {
        await stage.send();
        await stage.wait(3 * MINUTE_MS);
      }
      for (const id of ids) {
        const { state } = await stage.payment(id);
        stage.must(state === 'pending' || state === 'failed', `after the storm one is ${state}`);
      }
    },
  },
  {
    id: 'F25',
    fault: 'the status answers "not found" for five minutes',
    required: 'stays open, then settles; not failed',
    play: async (stage) => {
      stage.twist('hidden');
      const id = await pendingDeposit(stage);
      stage.truth(id).hiddenUntil = new Date(stage.world.clock.now().getTime() + 5 * MINUTE_MS);
      stage.decide(id, 'success');
      for (const seconds of [10, 30, 60]) {
        await stage.wait(seconds * SECOND_MS);
        await stage.enquire();
        await stage.state(id, 'pending');
      }
      await stage.wait(6 * MINUTE_MS);
      await stage.enquire();
      await stage.state(id, 'succeeded');
    },
  },
  {
    id: 'F26',
    fault: 'a status word that nobody has seen',
    required: 'never final, for however many days: a success is found once it can be read',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.truth(id).word = 'TREATED';
      await stage.wait(10 * SECOND_MS);
      await stage.enquire();
      await stage.state(id, 'pending');
      for (let day = 0; day < 9; day++) {
        await stage.wait(30 * HOUR_MS);
        await stage.enquire();
      }
      await stage.state(id, 'expired');
      stage.truth(id).word = undefined;
      stage.decide(id, 'success');
      await stage.wait(30 * HOUR_MS);
      await stage.enquire();
      await stage.state(id, 'succeeded');
    },
  },
];

async function lostDeposit(stage: Stage, fault: MoveFault): Promise<string> {
  const id = await stage.deposit(5_000n);
  stage.next(fault);
  await stage.send();
  await stage.state(id, 'unknown');
  return id;
}

async function lostPayout(stage: Stage, fault: MoveFault, wanted: string): Promise<string> {
  await stage.fund(10_000n);
  const before = await stage.available();
  const id = await stage.withdraw(5_000n);
  stage.next(fault);
  await stage.send();
  await stage.state(id, wanted);
  stage.must((await stage.available()) === before - 5_050n, 'the hold was given back');
  return id;
}
