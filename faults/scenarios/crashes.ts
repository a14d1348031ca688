/**
 * Plays the faults of machines: a process killed at each point of sending, of settling and of telling people, a database away.
 */
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../src/ground/clock.ts';
import { runJob } from '../machine-steps.ts';
import { tellPeople } from '../message-steps.ts';
import { runOn } from '../run-on.ts';
import type { Scenario, Stage } from '../stage.ts';
import { processOf } from '../world.ts';
import { pendingDeposit } from './callbacks.ts';

/** The points between the commit that takes a message in hand and the call that gives it away: nobody is told then. */
const IN_HAND = [6, 7];

/** The points between the provider's acceptance and the commit that writes it down. */
const SENT_AND_NOT_WRITTEN = [9, 10, 11];

export const CRASH_SCENARIOS: readonly Scenario[] = [
  ...Array.from({ length: 12 }, (_, point) => ({
    id: `F35 sender dies at ${point + 1}`,
    fault: 'the sender is killed at this point',
    required: 'restart resumes; nothing is orphaned, nothing is sent twice',
    play: async (stage: Stage) => {
      await stage.fund(10_000n);
      const id = await stage.withdraw(5_000n);
      await stage.deposit(3_000n);
      const on = processOf(stage.world, 1);
      on.dieAfter = point + 1;
      await runOn(stage.world, on, 'send', async () => await runJob(stage.world, on, 'send'));
      await stage.wait(5 * MINUTE_MS);
      await stage.send();
      const { state } = await stage.payment(id);
      stage.must(state !== 'submitting', 'an orphan is still being sent');
    },
  })),
  ...SENT_AND_NOT_WRITTEN.map((point) => ({
    id: `F35 sender dies at ${point}, and two days pass`,
    fault:
      'the sender is killed, the callback comes, and no worker runs for two days: the callback is looked at first',
    required: 'it is kept for the payment that is being sent, and credits it when the sender is given up',
    play: async (stage: Stage) => {
      const id = await stage.deposit(5_000n);
      const on = processOf(stage.world, 1);
      on.dieAfter = point;
      await runOn(stage.world, on, 'send', async () => await runJob(stage.world, on, 'send'));
      await stage.state(id, 'submitting');
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.wait(2 * DAY_MS);
      await stage.follow();
      await stage.send();
      await stage.wait(MINUTE_MS);
      await stage.follow();
      await stage.state(id, 'succeeded');
    },
  })),
  ...Array.from({ length: 8 }, (_, point) => ({
    id: `F35 settler dies at ${point + 1}`,
    fault: 'the process is killed at this point of settling',
    required: 'settled once after the restart',
    play: async (stage: Stage) => {
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      await stage.callbacks();
      const on = processOf(stage.world, 1);
      on.dieAfter = point + 1;
      await runOn(stage.world, on, 'follow', async () => await runJob(stage.world, on, 'follow'));
      await stage.wait(2 * MINUTE_MS);
      await stage.follow();
      await stage.enquire();
      await stage.state(id, 'succeeded');
    },
  })),
  ...Array.from({ length: 11 }, (_, point) => ({
    id: `F35 teller dies at ${point + 1}`,
    fault: 'the process is killed at this point of telling a person of their money',
    required: 'told once, or never when it died with the message in hand; never twice',
    play: async (stage: Stage) => {
      const { world } = stage;
      const on = processOf(world, 1);
      // The first look only notes where events are.
      await runOn(world, on, 'tell', async () => await tellPeople(world, on));
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      await stage.wait(MINUTE_MS);
      on.dieAfter = point + 1;
      await runOn(world, on, 'tell', async () => await tellPeople(world, on));
      const again = processOf(world, 1);
      await runOn(world, again, 'tell', async () => await tellPeople(world, again));
      const wanted = IN_HAND.includes(point + 1) ? 0 : 1;
      stage.must(world.relay.given.length === wanted, `told ${world.relay.given.length} times`);
    },
  })),
  {
    id: 'F36',
    fault: 'the database is away while a callback comes; a settlement must be repeated',
    required: 'the provider hears an error and comes again; the settlement is repeated whole',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      const web = processOf(stage.world, 0);
      web.isCutOff = true;
      await stage.callbacks();
      web.isCutOff = false;
      stage.must(
        stage.world.truth.callbacks.every((one) => !one.accepted),
        'a callback was accepted without a row',
      );
      await stage.callbacks();
      processOf(stage.world, 1).conflictAfter = 3;
      await stage.follow();
      await stage.state(id, 'succeeded');
    },
  },
  {
    id: 'F36 answer',
    fault: 'the database restarts when the answers of a deposit and of a pay-out are to be written',
    required: 'both are written when it is back; nobody has to look into them',
    play: async (stage) => {
      await stage.fund(10_000n);
      for (const ask of [() => stage.deposit(3_000n), () => stage.withdraw(5_000n)]) {
        const id = await ask();
        stage.next('away-after');
        await stage.send();
        await stage.state(id, 'submitting');
        await stage.wait(40 * SECOND_MS);
        await stage.databaseBack();
        await stage.state(id, 'pending');
      }
      stage.must((await stage.events('payment.reviewed')) === 0, 'people were troubled for nothing');
    },
  },
  {
    id: 'F36 too long',
    fault: 'the database comes back when the lease is over',
    required: 'the answer counts as lost, and the sender that comes back late changes nothing',
    play: async (stage) => {
      await stage.fund(10_000n);
      const id = await stage.withdraw(5_000n);
      stage.next('away-after');
      await stage.send();
      await stage.wait(5 * MINUTE_MS);
      await stage.job('send', 0);
      await stage.state(id, 'review');
      await stage.databaseBack();
      await stage.state(id, 'review');
    },
  },
];
