/**
 * Is one universe while it runs: clock, chance, database, the provider's truth, the network, two processes, people.
 *
 * Everything that decides anything hangs on the seed, so that a universe can be played again to the byte.
 */
import { type Chance, seededChance } from '../src/ground/chance.ts';
import { type HandClock, handClock } from '../src/ground/clock.ts';
import type { Ground } from '../src/ground/ground.ts';
import { makeIds } from '../src/ground/identifiers.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { makeCallbackToken } from '../src/rails/inbox/callback-token.ts';
import type { FeePolicy } from '../src/rails/payments/fee-policy.ts';
import {
  completeConfiguration,
  type GetmipayConfiguration,
} from '../src/rails/providers/getmipay/configuration.ts';
import { openGetmipay } from '../src/rails/providers/getmipay/getmipay.ts';
import type { Rails } from '../src/rails/rails.ts';
import { type Books, readBooks } from './books.rows.ts';
import { type Coverage, count } from './coverage.ts';
import { type CrashedHere, type Process, startProcess } from './crash.ts';
import { openIdempotentRail } from './idempotent-rail.ts';
import { type Network, openNetwork } from './network.ts';
import type { SecondGroup } from './potters.ts';
import { openTruth, type ProviderTruth } from './provider-truth.ts';
import { openRelay, type Relay } from './relay.ts';
import type { Resident } from './residents.ts';
import type { TontineTown } from './tontine-town.ts';
import { openWire, type WireEnds } from './wire.ts';

/** Which family of providers the universe has. */
export type Rail =
  | 'jwt' // GetMiPay with tokens
  | 'api-key' // GetMiPay with a key in each call
  | 'idempotent'; // one that takes our reference and can be asked by it

export interface World {
  readonly seed: string;
  readonly rail: Rail;
  readonly feePolicy: FeePolicy;
  readonly clock: HandClock;
  readonly ground: Ground;
  readonly db: Db;
  readonly truth: ProviderTruth;
  readonly network: Network;
  /** Who carries text messages. */
  readonly relay: Relay;
  readonly coverage: Coverage;
  /** What happened, as lines to read. */
  readonly story: string[];
  readonly processes: Process[];
  readonly residents: Resident[];
  /** The group that some universes have. */
  tontine?: TontineTown;
  /** The second one that some of those have. */
  potters?: SecondGroup;
  /** The chance of the step that runs now. */
  chance: Chance;
  /** Our books after the last step. */
  books: Books;
  /** Steps that have not come back yet: their calls are parked. */
  readonly running: Set<Promise<void>>;
  readonly isRemote?: boolean;
  /** A statement has been read: a second one, spoiled otherwise, would contradict it. */
  hasStatement: boolean;
  /** What nobody may throw: each is a failure of the universe. */
  readonly surprises: string[];
}

export interface WorldOptions {
  readonly seed: string;
  readonly rail: Rail;
  readonly feePolicy: FeePolicy;
  /** The database is a real server: work ends when it ends, and no call is parked. */
  readonly isRemote?: boolean;
}

export const CALLBACK_KEY = new Uint8Array(32).fill(9);
export const WEBHOOK_SECRET = 'the secret of this universe';
export const PREVIOUS_SECRET = 'the secret of the one before';
const START = new Date('2026-01-05T08:00:00.000Z');

export async function openWorld(db: Db, options: WorldOptions): Promise<World> {
  const clock = handClock(START);
  const chance = seededChance(`${options.seed} ground`);
  const coverage: Coverage = new Map();
  const queue = { enqueue: async () => undefined };
  const world: World = {
    ...options,
    clock,
    ground: { clock, chance, ids: makeIds(clock, chance), queue },
    db,
    truth: openTruth(clock),
    network: openNetwork(coverage),
    relay: openRelay(clock),
    coverage,
    story: [],
    processes: [],
    residents: [],
    chance: seededChance(`${options.seed} start`),
    books: await readBooks(db),
    running: new Set(),
    hasStatement: false,
    surprises: [],
  };
  for (const name of ['web', 'worker']) world.processes.push(launch(world, name));
  return world;
}

/** Starts a process with nothing in memory. */
export function launch(world: World, name: string): Process {
  const process = startProcess(name, world.db, world.coverage);
  process.rails = railsOf(world, process);
  process.onDeath = (cause: CrashedHere) => world.network.kill(process, cause);
  return process;
}

/** A process that lives: one that died is started anew, with what the rows remember and nothing else. */
export function processOf(world: World, place: number): Process {
  const found = world.processes[place % world.processes.length];
  if (found?.alive === true) return found;
  const name = found?.name ?? 'worker';
  const fresh = launch(world, name);
  world.processes[place % world.processes.length] = fresh;
  world.story.push(`  (${name} was started again)`);
  count(world.coverage, 'restart');
  return fresh;
}

function railsOf(world: World, process: Process): Rails {
  const ends: WireEnds = {
    truth: world.truth,
    network: world.network,
    clock: world.clock,
    chance: () => world.chance,
    knownReferences: () => world.books.payments.flatMap((payment) => payment.providerReference ?? []),
    onTwist: (twist) => count(world.coverage, `fault ${twist}`),
  };
  const provider =
    world.rail === 'idempotent'
      ? openIdempotentRail(ends, process)
      : openGetmipay(configurationOf(world.rail), world.clock, openWire(ends, process));
  return {
    provider,
    feePolicy: world.feePolicy,
    fallbackFeeBasisPoints: 150,
    callbackUrl: (paymentId) =>
      `https://tontine.example/webhook/${makeCallbackToken(CALLBACK_KEY, paymentId)}/`,
  };
}

function configurationOf(generation: 'jwt' | 'api-key'): GetmipayConfiguration {
  return completeConfiguration({
    apiUrl: 'https://provider.example',
    publicKey: 'sim_pk_universe',
    secretKey: 'sim_sk_universe',
    environment: 'sandbox',
    generation,
    webhookSecret: WEBHOOK_SECRET,
    previousWebhookSecret: PREVIOUS_SECRET,
    paths: { payin: '/payins', payout: '/payouts', status: '/transaction-check' },
  });
}
