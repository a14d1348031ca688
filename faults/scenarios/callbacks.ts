/**
 * Plays the faults of callbacks: doubled, missing, early, unknown, forged, stale, altered, signed with an old secret.
 */
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../src/ground/clock.ts';
import { completeConfiguration } from '../../src/rails/providers/getmipay/configuration.ts';
import { verifySignature } from '../../src/rails/providers/getmipay/signature.ts';
import { arrive, callbackAgain, deliver } from '../provider-steps.ts';
import type { Scenario, Stage } from '../stage.ts';
import { PREVIOUS_SECRET, WEBHOOK_SECRET } from '../world.ts';

const hour = 60 * MINUTE_MS;

export const CALLBACK_SCENARIOS: readonly Scenario[] = [
  {
    id: 'F1',
    fault: 'the same success callback 2 times, then 20 times',
    required: 'one row in the inbox, one credit, all answered 2xx',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      const [callback] = stage.world.truth.callbacks;
      for (let copy = 0; copy < 22 && callback !== undefined; copy++) {
        const answer = await deliver(stage.world, callback);
        stage.must(answer?.ok === true, 'a copy was not answered with 2xx');
        if (copy % 5 === 0) await stage.follow();
      }
      await stage.follow();
      stage.must((await stage.callbackStates()).length === 1, 'the copies made more than one row');
      stage.must((await stage.available()) === 4_925n, 'the credit is not 4 925');
    },
  },
  {
    id: 'F2',
    fault: 'callback and poller see the success in the same millisecond',
    required: 'one credit',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.wait(10 * SECOND_MS);
      stage.nextRead('read-slow', 'read-slow');
      await stage.follow();
      await stage.job('enquire', 0);
      await stage.letGo();
      await stage.letGo();
      await stage.state(id, 'succeeded');
      stage.must((await stage.available()) === 4_925n, 'the credit is not 4 925');
    },
  },
  {
    id: 'F3',
    fault: 'the callback is never sent',
    required: 'the poller settles',
    play: async (stage) => {
      stage.twist('silent');
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      await stage.wait(10 * SECOND_MS);
      await stage.enquire();
      await stage.state(id, 'succeeded');
    },
  },
  {
    id: 'F4',
    fault: 'the callback comes before our create call has returned',
    required: 'parked, then settled; not dropped',
    play: async (stage) => {
      const id = await stage.deposit(5_000n);
      stage.next('slow-after');
      await stage.send();
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      stage.must((await stage.callbackStates()).includes('parked'), 'the early callback was not parked');
      await stage.letGo();
      await stage.wait(6 * SECOND_MS);
      await stage.follow();
      await stage.state(id, 'succeeded');
    },
  },
  {
    id: 'F5',
    fault: 'a callback for a reference that nobody knows',
    required:
      'kept, parked for a day, then a break; nobody is credited. The break in the statement is not built yet.',
    play: async (stage) => {
      const body = '{"order_id":"MPAYIN_STRANGER","status":"success","amount":5000,"currency":"XOF"}';
      const answer = await arrive(
        stage.world,
        { body, url: undefined, forgery: 'none' },
        { secret: WEBHOOK_SECRET, age_ms: 0 },
      );
      stage.must(answer?.ok === true, 'it was not kept');
      for (let round = 0; round < 12; round++) {
        await stage.follow();
        await stage.wait(3 * hour);
      }
      stage.must((await stage.events('callback.unmatched')) === 1, 'no break was recorded after a day');
      stage.must((await stage.available()) === 0n, 'somebody was credited');
    },
  },
  {
    id: 'F6',
    fault: 'an unsigned success for a real reference',
    required: 'refused, no credit, counted',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      const { reference, callbackUrl } = stage.truth(id);
      const body = `{"order_id":"${reference}","status":"success","amount":5000,"currency":"XOF"}`;
      const forged = { body, url: callbackUrl, forgery: 'signature' } as const;
      const answer = await arrive(stage.world, forged, { secret: 'a guess', age_ms: 0 });
      stage.must(answer?.ok === false, 'a forged callback was believed');
      // Even one that is believed is only a hint: the status says pending.
      await arrive(stage.world, forged, { secret: WEBHOOK_SECRET, age_ms: 0 });
      await stage.follow();
      await stage.state(id, 'pending');
      stage.must((await stage.events('callback.rejected')) === 1, 'the forgery was not counted');
    },
  },
  {
    id: 'F7',
    fault: 'a valid signature, recorded and replayed after the window',
    required: 'refused, nothing changes',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      const [callback] = stage.world.truth.callbacks;
      if (callback === undefined) return;
      const answer = await arrive(stage.world, callback, { secret: WEBHOOK_SECRET, age_ms: 6 * MINUTE_MS });
      stage.must(answer?.ok === false, 'a stale callback was believed');
      await stage.follow();
      await stage.state(id, 'pending');
    },
  },
  {
    id: 'F8',
    fault: 'the provider’s own retry at minute 14, signed anew as GetMiPay’s simulator does',
    required: 'accepted, and the same as the first',
    play: async (stage) => {
      const id = await stage.fund(5_000n);
      await stage.wait(14 * MINUTE_MS);
      await callbackAgain(stage.world);
      await stage.follow();
      await stage.state(id, 'succeeded');
      stage.must((await stage.callbackStates()).length === 1, 'the retry made a second row');
    },
  },
  {
    id: 'F9',
    fault: 'the body altered by one byte',
    required: 'refused',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      const [callback] = stage.world.truth.callbacks;
      if (callback === undefined) return;
      const answer = await arrive(stage.world, callback, { secret: WEBHOOK_SECRET, age_ms: 0, alter: true });
      stage.must(answer?.ok === false, 'an altered callback was believed');
    },
  },
  {
    id: 'F10',
    fault: 'signed with the previous secret during a rotation, and after its end',
    required: 'accepted, then refused',
    play: async (stage) => {
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      const [callback] = stage.world.truth.callbacks;
      if (callback === undefined) return;
      const during = await arrive(stage.world, callback, { secret: PREVIOUS_SECRET, age_ms: 0 });
      stage.must(during?.ok === true, 'the previous secret was refused during the rotation');
      const later = await arrive(stage.world, callback, {
        secret: 'the one before the one before',
        age_ms: 0,
      });
      stage.must(later?.ok === false, 'a secret of long ago was accepted');
    },
  },
  {
    id: 'F11',
    fault: 'the secret is empty, or unset where money is real',
    required: 'fails closed',
    play: async (stage) => {
      const choices = {
        apiUrl: 'https://p.example',
        publicKey: 'k_live_x',
        secretKey: 's_live_x',
        environment: 'live',
      } as const;
      const request = {
        body: Buffer.from('{}'),
        headers: {},
        contentType: '',
        receivedAt: stage.world.clock.now(),
      };
      for (const configuration of [choices, { ...choices, webhookSecret: ' ' }]) {
        const { verdict } = verifySignature(request, completeConfiguration(configuration));
        stage.must(verdict === 'invalid', `without a secret a callback is ${verdict}`);
      }
      await stage.wait(DAY_MS);
    },
  },
];

export async function pendingDeposit(stage: Stage, amount = 5_000n, who = 0): Promise<string> {
  const id = await stage.deposit(amount, { who });
  await stage.send();
  await stage.state(id, 'pending');
  return id;
}
