/**
 * Lets stranger things happen: callbacks about nothing, in other forms, from a clock that is wrong, and a process that
 * was started with keys of another environment and without a secret.
 *
 * Each is rare in life, and each was once read as money by somebody.
 */
import { MINUTE_MS } from '../src/ground/clock.ts';
import { completeConfiguration } from '../src/rails/providers/getmipay/configuration.ts';
import { verifySignature } from '../src/rails/providers/getmipay/signature.ts';
import type { Rails } from '../src/rails/rails.ts';
import { count } from './coverage.ts';
import { maybeOneOf, oneOf } from './dice.ts';
import { JOBS, runJob } from './machine-steps.ts';
import { arrive } from './provider-steps.ts';
import { runOn } from './run-on.ts';
import { processOf, WEBHOOK_SECRET, type World } from './world.ts';

export async function strangeCallback(world: World): Promise<void> {
  const kind = oneOf(world.chance, [
    'unknown reference',
    'as a form',
    'clock ahead',
    'clock behind',
  ] as const);
  const transaction = maybeOneOf(world.chance, world.truth.transactions);
  if (transaction === undefined) return;
  const { reference, callbackUrl: url } = transaction;
  count(world.coverage, `fault callback ${kind}`);
  world.story.push(`a strange callback (${kind}) comes`);
  const signed = { secret: WEBHOOK_SECRET, age_ms: 0 };
  switch (kind) {
    case 'unknown reference': {
      const body = JSON.stringify({
        order_id: 'MPAYIN_999999',
        status: 'success',
        amount: 5000,
        currency: 'XOF',
      });
      await arrive(world, { body, url: undefined, forgery: 'none' }, signed);
      return;
    }
    case 'as a form': {
      const body = `ORDER_ID=${reference}&STATUS=SUCCESS&AMOUNT=5000`;
      const contentType = 'application/x-www-form-urlencoded';
      await arrive(world, { body, url, forgery: 'none' }, { ...signed, contentType });
      return;
    }
    default: {
      const callback = maybeOneOf(world.chance, world.truth.callbacks);
      const age_ms = (kind === 'clock ahead' ? -10 : 10) * MINUTE_MS;
      if (callback !== undefined) await arrive(world, callback, { ...signed, age_ms });
    }
  }
}

/** One process has live keys and no secret for one step, as after a mistake in its environment. */
export async function otherKeys(world: World): Promise<void> {
  const on = processOf(world, 0);
  const own = on.rails;
  on.rails = liveRails(own);
  count(world.coverage, 'fault other-keys');
  const before = world.truth.transactions.length;
  const what = oneOf(world.chance, [...JOBS, 'callback'] as const);
  world.story.push(`${on.name} has keys of another environment: ${what}`);
  if (what === 'callback') {
    const callback = maybeOneOf(world.chance, world.truth.callbacks);
    const answer = callback && (await arrive(world, callback, { secret: WEBHOOK_SECRET, age_ms: 0 }));
    if (answer?.ok === true) world.surprises.push('a callback was believed where there is no secret');
  } else await runOn(world, on, what, async () => await runJob(world, on, what));
  on.rails = own;
  if (world.truth.transactions.length > before)
    world.surprises.push('something was sent with keys that are not its own');
}

/** The rails of a process that was started with the keys of another account, and without a secret. */
export function liveRails({ provider, ...rest }: Rails): Rails {
  const configuration = completeConfiguration({
    apiUrl: 'https://provider.example',
    publicKey: 'k_live_universe',
    secretKey: 's_live_universe',
    environment: 'live',
  });
  return {
    ...rest,
    provider: {
      ...provider,
      environment: 'live',
      verifyCallback: (request) => verifySignature(request, configuration),
      // Another account: it has never heard of our payments.
      lookup: async () => await Promise.resolve({ found: 'no' }),
      readStatus: async () => await Promise.resolve({ found: 'no' }),
    },
  };
}
